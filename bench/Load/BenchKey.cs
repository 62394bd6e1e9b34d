using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Platform.Bench.Load;

/// <summary>The key that the load brings, as every caller of a service does, and the secret by which the services know each other.</summary>
internal static class BenchKey
{
    public static string Value { get; } = RandomNumberGenerator.GetHexString(64);

    public static AuthenticationHeaderValue Header { get; } = new("Bearer", Value);

    /// <summary>What a service is told.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Access__ServiceSecret"] = RandomNumberGenerator.GetHexString(64),
        ["Access__BootstrapKey"] = Value,
    };
}
