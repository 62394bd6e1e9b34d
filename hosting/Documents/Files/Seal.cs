using System.Security.Cryptography;
using System.Text;

namespace Platform.Hosting.Documents.Files;

/// <summary>
/// A line of JSON with a checksum before it: the first 8 bytes of a SHA-256, in hex, of the JSON and of the place that it was written for,
/// so that what lies in the place of something else is told from it. Earlier builds wrote documents and events without one.
/// </summary>
internal static class Seal
{
    public const int Length = 16;

    /// <summary>Writes the line with its end.</summary>
    public static void Write(MemoryStream target, string place, ReadOnlySpan<byte> json)
    {
        target.Write(Sum(place, json));
        target.WriteByte((byte)' ');
        target.Write(json);
        target.WriteByte((byte)'\n');
    }

    /// <summary>The line with its end.</summary>
    public static ReadOnlyMemory<byte> Line(string place, ReadOnlySpan<byte> json)
    {
        using var line = new MemoryStream();
        Write(line, place, json);
        return line.ToArray();
    }

    /// <summary>The JSON of a line without its end; empty when it is not what was written for that place.</summary>
    public static ReadOnlySpan<byte> Open(string place, ReadOnlySpan<byte> line) =>
        JsonOf(line) is { Length: > 0 } json && line[..Length].SequenceEqual(Sum(place, json)) ? json : [];

    /// <summary>As <see cref="Open"/>, of a line of the journal as earlier builds wrote it.</summary>
    public static ReadOnlySpan<byte> OpenEarlier(ReadOnlySpan<byte> line) =>
        JsonOf(line) is { Length: > 0 } json && line[..Length].SequenceEqual(Hex(SHA256.HashData(json))) ? json : [];

    /// <summary>Whether it is JSON without a checksum.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> line) => line is [(byte)'{', ..];

    private static ReadOnlySpan<byte> JsonOf(ReadOnlySpan<byte> line) =>
        line.Length > Length + 1 && line[Length] == (byte)' ' ? line[(Length + 1)..] : [];

    private static byte[] Sum(string place, ReadOnlySpan<byte> json) =>
        Hex(SHA256.HashData([.. Encoding.UTF8.GetBytes(place), .. SHA256.HashData(json)]));

    private static byte[] Hex(byte[] hash) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.AsSpan(0, Length / 2)));
}
