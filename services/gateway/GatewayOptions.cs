using System.ComponentModel.DataAnnotations;

namespace Platform.Gateway;

/// <summary>Where the services are; section <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gateway";

    /// <summary>Base address of the registry.</summary>
    [Required]
    public Uri Registry { get; set; } = new("http://127.0.0.1:8081");

    /// <summary>Base address of inference.</summary>
    [Required]
    public Uri Inference { get; set; } = new("http://127.0.0.1:8082");

    /// <summary>Base address of the monitor.</summary>
    [Required]
    public Uri Monitor { get; set; } = new("http://127.0.0.1:8083");

    /// <summary>Base address of the explainer.</summary>
    [Required]
    public Uri Explainer { get; set; } = new("http://127.0.0.1:8084");

    /// <summary>How often each service is asked whether it is ready.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a service may take to begin its answer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromMinutes(5);
}
