using Platform.Hosting.Errors;
using Platform.Hosting.Tls;

namespace Platform.Hosting.PredictionLog;

/// <summary>What is wrong with the TLS settings that librdkafka is given: it would tell of a missing file later, and of a broker that is not verified never.</summary>
internal static class KafkaTlsSettings
{
    private const string Authority = "ssl.ca.location";
    private static readonly string[] Files = ["ssl.certificate.location", "ssl.key.location", "ssl.keystore.location", "ssl.crl.location"];

    private static readonly Dictionary<string, Func<string, bool>> Unverified = new()
    {
        ["enable.ssl.certificate.verification"] = value => !value.Equals("true", StringComparison.OrdinalIgnoreCase),
        ["ssl.endpoint.identification.algorithm"] = value => value.Equals("none", StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>In sentences; none when nothing is wrong.</summary>
    public static IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings)
    {
        foreach (var (name, isOff) in Unverified)
            if (settings.TryGetValue(name, out var value) && isOff(value))
                yield return $"{name}={value} would take any server for the broker; name its authority in {Authority}.";
        // It may be a folder, or "probe".
        if (settings.TryGetValue(Authority, out var authority) && authority != "probe" && !Directory.Exists(authority)
            && PemSettings.AuthorityProblem(Authority, authority) is { } problem)
            yield return problem;
        foreach (var name in Files)
            if (settings.TryGetValue(name, out var path) && !File.Exists(path)) yield return $"{name}: '{path}' is missing.";
    }
}
