using System.ComponentModel.DataAnnotations;

namespace Platform.Hosting.Access;

/// <summary>Section <c>Access</c>: under which names this process answers, which web pages may call it, and how callers prove who they are.</summary>
internal sealed class AccessOptions : IValidatableObject
{
    public const string Section = "Access";

    /// <summary>
    /// Host names under which the process may be asked, without port: <c>ml.example.org</c>, or <c>*.example.org</c> for every name
    /// below. Loopback names, and the address that a connection reached, always count.
    /// </summary>
    public string[] Hosts { get; init; } = [];

    /// <summary>Origins whose pages may call it from a browser: <c>https://console.example.org</c>, with the port where it is not the scheme's own.</summary>
    public string[] Origins { get; init; } = [];

    /// <summary>
    /// The secret by which the platform's services know each other, the same for all of them: 32 characters or more. While it is being
    /// replaced there are two, separated by a blank or a comma: the first is used, and each is accepted.
    /// </summary>
    public string? ServiceSecret { get; init; }

    /// <summary>A file that holds <see cref="ServiceSecret"/>, where that is not set itself.</summary>
    public string? ServiceSecretFile { get; init; }

    /// <summary>How often the keys are read again when no event says that one has changed: no key outlives its revocation by more.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan KeysInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many requests a caller, told by its key or else by its address, may make of what needs a key. Of the gateway
    /// <c>Gateway:RateLimit</c> says so, of everything.
    /// </summary>
    public RateLimitOptions RateLimit { get; init; } = new();

    /// <summary>The identity provider.</summary>
    public OidcOptions Oidc { get; init; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var host in Hosts.Where(host => !IsHost(host)))
            yield return new ValidationResult($"{Section}:Hosts: '{host}' is no host name; give it without scheme and port.", [nameof(Hosts)]);
        foreach (var origin in Origins.Where(origin => !IsOrigin(origin)))
            yield return new ValidationResult($"{Section}:Origins: '{origin}' is no origin; give scheme, host and port alone.", [nameof(Origins)]);
        foreach (var result in Oidc.Validate(validationContext)) yield return result;
        var limits = new List<ValidationResult>();
        Validator.TryValidateObject(RateLimit, new ValidationContext(RateLimit), limits, validateAllProperties: true);
        foreach (var result in limits) yield return result;
    }

    private static bool IsHost(string host) =>
        Uri.CheckHostName(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host.Trim('[', ']')) != UriHostNameType.Unknown;

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        && string.Equals(origin, address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
