using System.Buffers;
using System.Security.Cryptography;

namespace Platform.Hosting.Artifacts;

/// <summary>SHA-256 digests in their two notations: plain lower-case hex, and <c>sha256:…</c>.</summary>
public static class Digest
{
    private const string Prefix = "sha256:";
    private const int PieceBytes = 1 << 17;

    /// <summary>The digest of <paramref name="content"/> as lower-case hex.</summary>
    public static string OfBytes(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The digest of a file as lower-case hex.</summary>
    public static Task<string> OfFileAsync(string path, CancellationToken cancellationToken) =>
        Task.Run(() => OfFile(path, cancellationToken), cancellationToken);

    /// <summary>The digest of a file as lower-case hex.</summary>
    // On one thread and in large pieces: read asynchronously, a model of some megabytes costs thousands of hops between threads.
    public static string OfFile(string path, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (var at = 0L; RandomAccess.Read(file, piece, at) is > 0 and var read; at += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(piece, 0, read);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <summary>The digest of a file as lower-case hex, read in pieces; behind each, <paramref name="afterPiece"/> is told its length and waited for.</summary>
    public static async Task<string> OfFileAsync(string path, Func<int, ValueTask> afterPiece)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[PieceBytes];
        for (var at = 0L; RandomAccess.Read(file, piece, at) is > 0 and var read; at += read)
        {
            hash.AppendData(piece, 0, read);
            await afterPiece(read);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary><c>sha256:…</c> for plain hex.</summary>
    public static string Prefixed(string sha256) => Prefix + sha256;

    /// <summary>Plain hex for either notation.</summary>
    public static string ToHex(string digest) => digest.StartsWith(Prefix, StringComparison.Ordinal) ? digest[Prefix.Length..] : digest;

    /// <summary>Whether the text is 64 lower-case hex digits.</summary>
    public static bool IsSha256(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
