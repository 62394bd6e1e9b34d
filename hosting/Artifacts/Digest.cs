using System.Security.Cryptography;

namespace Platform.Hosting.Artifacts;

/// <summary>SHA-256 digests in their two notations: plain lower-case hex, and <c>sha256:…</c>.</summary>
public static class Digest
{
    private const string Prefix = "sha256:";

    /// <summary>The digest of <paramref name="content"/> as lower-case hex.</summary>
    public static string OfBytes(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The digest of a file as lower-case hex.</summary>
    public static async Task<string> OfFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <summary><c>sha256:…</c> for plain hex.</summary>
    public static string Prefixed(string sha256) => Prefix + sha256;

    /// <summary>Plain hex for either notation.</summary>
    public static string ToHex(string digest) => digest.StartsWith(Prefix, StringComparison.Ordinal) ? digest[Prefix.Length..] : digest;

    /// <summary>Whether the text is 64 lower-case hex digits.</summary>
    public static bool IsSha256(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
