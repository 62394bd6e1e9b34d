using System.Diagnostics.Metrics;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Primitives;
using Platform.Hosting.Errors;

namespace Platform.Hosting.Access;

/// <summary>Counts and logs who was refused, and never what it brought with it.</summary>
internal sealed partial class AccessRefusals : IDisposable
{
    // Whoever tries keys in a loop shall not fill the disk.
    private const int LinesPerSecond = 20;

    // RFC 6750 and RFC 7617; of the second a browser asks its user for name and password.
    private static readonly StringValues Challenges = new(["Bearer realm=\"platform\"", "Basic realm=\"platform\", charset=\"UTF-8\""]);

    private readonly TokenBucketRateLimiter _lines = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = LinesPerSecond, TokensPerPeriod = LinesPerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
    });

    private readonly ILogger<AccessRefusals> _logger;
    private long _unauthenticated;
    private long _denied;
    private long _limited;

    // Observed, so that what never happened says 0, and its first time is seen as a step.
    public AccessRefusals(IMeterFactory meters, ILogger<AccessRefusals> logger)
    {
        _logger = logger;
        meters.Create("Platform.Access").CreateObservableCounter("platform.access.refused", Count, "{request}",
            "Requests refused because they brought no valid key or token (reason unauthenticated), one without the permission (denied), or one too often (limited).");
    }

    /// <summary>Of who has not proved who it is.</summary>
    public Error Challenge(HttpContext context, Error error)
    {
        Interlocked.Increment(ref _unauthenticated);
        if (MayLog()) Unauthenticated(_logger, context.Request.Method, context.Request.Path, context.Connection.RemoteIpAddress);
        if (!context.Response.HasStarted) context.Response.Headers.WWWAuthenticate = Challenges;
        return error;
    }

    /// <summary>Of a caller who may not.</summary>
    public Error Deny(HttpContext context, Error error)
    {
        var caller = context.GetCaller();
        if (caller == Caller.Stranger) return Challenge(context, AccessErrors.Unauthenticated);
        Interlocked.Increment(ref _denied);
        if (MayLog()) Denied(_logger, caller.Name, caller.Id, context.Request.Method, context.Request.Path, error.Detail);
        return error;
    }

    /// <summary>Of a caller that makes too many requests; they are too many to log.</summary>
    public Error Limit()
    {
        Interlocked.Increment(ref _limited);
        return CallerBuckets.Empty;
    }

    public void Dispose() => _lines.Dispose();

    private bool MayLog()
    {
        using var lease = _lines.AttemptAcquire();
        return lease.IsAcquired;
    }

    private IEnumerable<Measurement<long>> Count() =>
    [
        new(Volatile.Read(ref _unauthenticated), new KeyValuePair<string, object?>("reason", "unauthenticated")),
        new(Volatile.Read(ref _denied), new KeyValuePair<string, object?>("reason", "denied")),
        new(Volatile.Read(ref _limited), new KeyValuePair<string, object?>("reason", "limited")),
    ];

    [LoggerMessage(LogLevel.Information, "Refused without a valid key: {Method} {Path} from {Address}")]
    private static partial void Unauthenticated(ILogger logger, string method, string path, IPAddress? address);

    [LoggerMessage(LogLevel.Information, "Denied to {Caller} ({CallerId}): {Method} {Path}. {Reason}")]
    private static partial void Denied(ILogger logger, string caller, string? callerId, string method, string path, string reason);
}
