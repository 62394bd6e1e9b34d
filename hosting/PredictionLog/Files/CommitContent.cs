using System.Buffers.Binary;
using System.Security.Cryptography;
using FASTER.core;

namespace Platform.Hosting.PredictionLog.Files;

/// <summary>
/// What a commit's file holds. At its beginning as FasterLog itself writes it, so that earlier builds can read it: the length of the
/// account, the account, zeros. At its end a mark, the sizes of page and file, and the SHA-256 of all that, which are zeros in a file of an
/// earlier build. Numbers are in little-endian order.
/// </summary>
internal static class CommitContent
{
    public const int Bytes = 512;

    private const long Mark = 0x31_54_49_4D_4D_4F_43_50; // "PCOMMIT1"
    private const int Checked = Bytes - SHA256.HashSizeInBytes;
    private const int Tail = Checked - 24;

    /// <summary>The content. Throws <see cref="IOException"/> when the account does not fit.</summary>
    public static byte[] Write(ReadOnlySpan<byte> account, PredictionLogOptions options)
    {
        if (account.Length > Tail - sizeof(int)) throw new IOException($"A commit of {account.Length} bytes does not fit.");
        var content = new byte[Bytes];
        BinaryPrimitives.WriteInt32LittleEndian(content, account.Length);
        account.CopyTo(content.AsSpan(sizeof(int)));
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(Tail), Mark);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(Tail + 8), options.PageBytes);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(Tail + 16), options.SegmentBytes);
        SHA256.HashData(content.AsSpan(0, Checked), content.AsSpan(Checked));
        return content;
    }

    /// <summary>The commit, or null when there is no whole one. The sizes are those of <paramref name="options"/> where it tells none.</summary>
    public static LogCommit? Read(ReadOnlySpan<byte> content, PredictionLogOptions options)
    {
        if (content.Length < sizeof(int)) return null;
        if (content.Length <= Tail || !content[Tail..].ContainsAnyExcept((byte)0))
            return ReadAccount(content) is { } earlier ? new LogCommit(earlier, false, options.PageBytes, options.SegmentBytes) : null;
        if (content.Length != Bytes || BinaryPrimitives.ReadInt64LittleEndian(content[Tail..]) != Mark || !IsWhole(content)) return null;
        var (page, segment) = (BinaryPrimitives.ReadInt64LittleEndian(content[(Tail + 8)..]), BinaryPrimitives.ReadInt64LittleEndian(content[(Tail + 16)..]));
        return ReadAccount(content) is { } info ? new LogCommit(info, true, page, segment) : null;
    }

    private static bool IsWhole(ReadOnlySpan<byte> content)
    {
        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content[..Checked], sum);
        return sum.SequenceEqual(content[Checked..]);
    }

    /// <summary>FasterLog's account, which has a checksum of its own, if a weak one.</summary>
    private static FasterLogRecoveryInfo? ReadAccount(ReadOnlySpan<byte> content)
    {
        // Its checksum leaves out the cookie, of which a write that was torn may have left a part.
        if (BinaryPrimitives.ReadInt32LittleEndian(content) > content.Length - sizeof(int)) return null;
        try
        {
            var info = new FasterLogRecoveryInfo();
            using var reader = new BinaryReader(new MemoryStream(content[sizeof(int)..].ToArray()));
            info.Initialize(reader);
            return info.UntilAddress > 0 ? info : null;
        }
        catch (Exception exception) when (exception is FasterException or EndOfStreamException or ArgumentException)
        {
            return null; // the caller is told that there is no whole one
        }
    }
}
