using System.Security.Cryptography;
using Platform.Inference.Protocol;

namespace Platform.Inference.Recording;

/// <summary>The key of the hashes that stand for hidden values. Its id stands before each: a hash can be compared with those of the same key alone.</summary>
internal sealed class RedactionKey(byte[] value)
{
    private const int HashBytes = 16;
    private const int IdBytes = 4;

    /// <summary>For versions that hide nothing by hash.</summary>
    public static RedactionKey None { get; } = new([]);

    // Told by the key itself, so that whoever is given the same key names it alike: the first digits of its SHA-256.
    private readonly byte[] _head = ByteBuffer.Encode(head =>
    {
        head.WriteHex(SHA256.HashData(value).AsSpan(0, IdBytes));
        head.Write((byte)':');
    });

    /// <summary>
    /// Writes id and hash (HMAC-SHA256, 128 bits of it). Equal values have equal hashes, and without the key nobody can try out values.
    /// </summary>
    public void WriteHash(ByteBuffer target, ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(value, content, hash);
        target.Write(_head);
        target.WriteHex(hash[..HashBytes]);
    }
}
