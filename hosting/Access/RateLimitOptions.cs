using System.ComponentModel.DataAnnotations;

namespace Platform.Hosting.Access;

/// <summary>A token bucket for each client; sections <c>Gateway:RateLimit</c> and <c>Access:RateLimit</c>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Requests a second that a client may make for long; 0 sets no limit.</summary>
    [Range(0, 1_000_000)]
    public int RequestsPerSecond { get; set; }

    /// <summary>Requests that a client may make at once after a rest; as many as in a second when 0.</summary>
    [Range(0, 1_000_000)]
    public int Burst { get; set; }
}
