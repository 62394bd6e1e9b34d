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

    private static readonly char[] Separators = [' ', ',', '\t', '\r', '\n'];

    public ServiceSecrets(IOptions<AccessOptions> options) => Accepted = [.. Read(options.Value).Select(Encoding.UTF8.GetBytes)];

    private ServiceSecrets() => Accepted = [];

    /// <summary>Where nobody is asked.</summary>
    public static ServiceSecrets None { get; } = new();

    /// <summary>The keys of tokens that are accepted.</summary>
    public IReadOnlyList<byte[]> Accepted { get; }

    /// <summary>The key of tokens that this process makes.</summary>
    public byte[]? Current => Accepted.Count > 0 ? Accepted[0] : null;

    /// <summary>The secrets that the settings give; throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> where their file cannot be read.</summary>
    public static IReadOnlyList<string> Read(AccessOptions options) =>
        (options.ServiceSecret ?? (options.ServiceSecretFile is { } path ? File.ReadAllText(path) : "")).Split(Separators, StringSplitOptions.RemoveEmptyEntries);
}
