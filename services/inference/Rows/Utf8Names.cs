using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Text;

namespace Platform.Inference.Rows;

/// <summary>Names by their UTF-8 bytes, found without making a string of what a request holds.</summary>
internal sealed class Utf8Names
{
    private readonly byte[][] _names;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _places;

    /// <param name="names">In their order; of two that are the same the first counts.</param>
    public Utf8Names(IReadOnlyList<string> names)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        var places = new Dictionary<byte[], int>(Bytes.Instance);
        for (var i = 0; i < _names.Length; i++) places.TryAdd(_names[i], i);
        _places = places.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The name at a place.</summary>
    public ReadOnlySpan<byte> this[int place] => _names[place];

    /// <summary>The name's place, or -1.</summary>
    /// <param name="name">What a request holds.</param>
    /// <param name="guess">The place that is tried first: callers mostly keep to one order.</param>
    public int Find(ReadOnlySpan<byte> name, int guess = -1)
    {
        if ((uint)guess < (uint)_names.Length && name.SequenceEqual(_names[guess])) return guess;
        return _places.TryGetValue(name, out var place) ? place : -1;
    }

    private sealed class Bytes : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static Bytes Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)XxHash3.HashToUInt64(alternate);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
