using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Hosting.Keys;

/// <summary>
/// How a key looks: <c>plat_</c>, so that scanners for secrets find one where it should not be, and 32 random bytes as base64url. Nobody
/// can guess or search for so many, so their plain SHA-256 is all that is kept.
/// </summary>
public static class KeyFormat
{
    private const string Prefix = "plat_";
    private const int Bytes = 32;

    /// <summary>No key is longer, in characters; a longer one is not looked for.</summary>
    internal const int Longest = 256;

    /// <summary>A new key.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256 of a key, lower-case hex.</summary>
    public static string Digest(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Computes the same as bytes, without a trace on the heap; false for what can be no key.</summary>
    internal static bool TryDigest(ReadOnlySpan<char> key, Span<byte> digest)
    {
        Span<byte> text = stackalloc byte[Longest];
        return key.Length is > 0 and <= Longest && Encoding.ASCII.TryGetBytes(key, text, out var length)
            && SHA256.TryHashData(text[..length], digest, out _);
    }
}
