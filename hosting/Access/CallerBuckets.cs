using System.Net;
using System.Threading.RateLimiting;
using Platform.Hosting.Errors;

namespace Platform.Hosting.Access;

/// <summary>
/// A token bucket for each key, and for each address of clients that bring none that is known. Who exceeds it is refused at once; nothing is
/// queued.
/// </summary>
public static class CallerBuckets
{
    /// <summary>The refusal of who has emptied its own.</summary>
    public static Error Empty { get; } = new(StatusCodes.Status429TooManyRequests, "request.rate_limited", "This client makes too many requests; try again in a second.");

    /// <summary>The bucket of who asks. The limits are a part of its key: after a change every client begins with a new one.</summary>
    public static RateLimitPartition<CallerBucket> Of(HttpContext context, RateLimitOptions limit)
    {
        var caller = context.GetCaller().Id;
        var key = new CallerBucket(caller, caller is null ? context.Connection.RemoteIpAddress : null, limit.RequestsPerSecond, limit.Burst);
        return limit.RequestsPerSecond == 0
            ? RateLimitPartition.GetNoLimiter(key)
            : RateLimitPartition.GetTokenBucketLimiter(key, _ => Bucket(limit));
    }

    private static TokenBucketRateLimiterOptions Bucket(RateLimitOptions limit) => new()
    {
        TokenLimit = limit.Burst > 0 ? limit.Burst : limit.RequestsPerSecond,
        TokensPerPeriod = limit.RequestsPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    };
}

/// <summary>Whose bucket it is, by key or else by address, and how large.</summary>
public readonly record struct CallerBucket(string? Caller, IPAddress? Address, int Rate, int Burst);
