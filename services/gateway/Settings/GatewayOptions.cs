using System.ComponentModel.DataAnnotations;
using Platform.Hosting.Access;

namespace Platform.Gateway.Settings;

/// <summary>
/// Where the services are and what the edge allows; section <c>Gateway</c>. Read again whenever the configuration changes.
/// Each service is one address or several, one for each replica, separated by commas.
/// </summary>
public sealed class GatewayOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gateway";

    /// <summary>Base addresses of the registry.</summary>
    [Required]
    public string Registry { get; set; } = "http://127.0.0.1:8081";

    /// <summary>Base addresses of inference.</summary>
    [Required]
    public string Inference { get; set; } = "http://127.0.0.1:8082";

    /// <summary>Base addresses of the monitor.</summary>
    [Required]
    public string Monitor { get; set; } = "http://127.0.0.1:8083";

    /// <summary>Base addresses of the explainer.</summary>
    [Required]
    public string Explainer { get; set; } = "http://127.0.0.1:8084";

    /// <summary>
    /// The port at which every replica tells of its health by http, where that is one of its own (<c>Management:Port</c> of the services);
    /// its address for everything else when absent.
    /// </summary>
    [Range(1, 65535)]
    public int? HealthPort { get; set; }

    /// <summary>How often each replica is asked whether it is ready.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a replica that refused a connection is passed over before it is tried again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan PassOverFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a replica may take to accept a connection; a change holds from the next start on.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a request may rest without a byte in either direction, the wait for the answer included.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Largest body of a request, in bytes, where <see cref="Limits.RouteLimits"/> has no smaller one for its path.</summary>
    [Range(1, long.MaxValue)]
    public long MaxBodyBytes { get; set; } = 64L << 20;

    /// <summary>Largest upload of a model version, in bytes.</summary>
    [Range(1, long.MaxValue)]
    public long MaxUploadBytes { get; set; } = 3L << 30;

    /// <summary>Largest file of rows to be scored, in bytes; as <c>Inference:Scoring:MaxFileBytes</c> of the service.</summary>
    [Range(1, 1L << 34)]
    public long MaxScoringFileBytes { get; set; } = 64 << 20;

    /// <summary>
    /// The proxies before the gateway, as networks (<c>10.0.0.0/8</c>) or addresses, separated by commas: whom they name in
    /// <c>X-Forwarded-For</c> is the client. A change holds from the next start on.
    /// </summary>
    public string KnownProxies { get; set; } = "";

    /// <summary>How many requests a client, told by its key or else by its address, may make.</summary>
    public RateLimitOptions RateLimit { get; set; } = new();

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, value) in new[]
                 { (nameof(Registry), Registry), (nameof(Inference), Inference), (nameof(Monitor), Monitor), (nameof(Explainer), Explainer) })
            if (!Addresses.TryRead(value, out _))
                yield return new ValidationResult($"{name} wants http addresses, separated by commas, not '{value}'.", [name]);
        if (!Settings.KnownProxies.TryRead(KnownProxies, out _))
            yield return new ValidationResult($"{nameof(KnownProxies)} wants networks or addresses, separated by commas, not '{KnownProxies}'.", [nameof(KnownProxies)]);
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(RateLimit, new ValidationContext(RateLimit), results, validateAllProperties: true);
        foreach (var result in results) yield return result;
    }
}
