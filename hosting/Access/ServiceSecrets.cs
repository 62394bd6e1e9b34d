using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Platform.Hosting.Access;

/// <summary>
/// The secret by which the platform's services know each other, from the settings. While it is being replaced there are two: the first is
/// used, and each is accepted.
/// </summary>
internal sealed class ServiceSecrets
{
    /// <summary>Of one secret, in characters.</summary>
    public const int Shortest = 32;

    private const int MacLength = 43; // base64url of 32 bytes

    private static readonly char[] Separators = [' ', ',', '\t', '\r', '\n'];

    public ServiceSecrets(IOptions<AccessOptions> options) => Accepted = [.. Read(options.Value).Select(Encoding.UTF8.GetBytes)];

    private ServiceSecrets() => Accepted = [];

    /// <summary>Where nobody is asked.</summary>
    public static ServiceSecrets None { get; } = new();

    private byte[][] Accepted { get; }

    /// <summary>Whether there are any: there are none where nobody is asked.</summary>
    public bool IsGiven => Accepted.Length > 0;

    /// <summary>An HMAC-SHA256 (RFC 2104) of the claim by the current secret, as base64url.</summary>
    public string Seal(string claim) => Mac(Accepted[0], claim);

    /// <summary>Whether one of the secrets made this MAC of the claim.</summary>
    public bool IsSealed(string claim, ReadOnlySpan<char> mac)
    {
        Span<byte> given = stackalloc byte[MacLength];
        if (mac.Length != MacLength || Encoding.UTF8.GetByteCount(mac) != MacLength) return false;
        Encoding.UTF8.GetBytes(mac, given);
        var isGenuine = false;
        foreach (var key in Accepted)
            isGenuine |= CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Mac(key, claim)));
        return isGenuine;
    }

    /// <summary>The secrets that the settings give; throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> where their file cannot be read.</summary>
    public static IReadOnlyList<string> Read(AccessOptions options) =>
        (options.ServiceSecret ?? (options.ServiceSecretFile is { } path ? File.ReadAllText(path) : "")).Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    private static string Mac(byte[] key, string claim) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(claim)));
}
