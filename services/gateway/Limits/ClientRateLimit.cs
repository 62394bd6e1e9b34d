using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Platform.Gateway.Settings;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;

namespace Platform.Gateway.Limits;

/// <summary>
/// A token bucket for each key, and for each address of clients that bring none that is known. Who exceeds it is refused at once; nothing is
/// queued.
/// </summary>
internal static class ClientRateLimit
{
    public const string Policy = "client";

    public static void AddClientRateLimit(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.AddPolicy(Policy, Partition);
        limits.OnRejected = (rejected, _) => new ValueTask(RefuseAsync(rejected.HttpContext));
    });

    // The limits are a part of the key: after a change every client begins with a new bucket.
    private static RateLimitPartition<(string? Caller, IPAddress? Address, int Rate, int Burst)> Partition(HttpContext context)
    {
        var limit = context.RequestServices.GetRequiredService<GatewaySettings>().Current.RateLimit;
        var caller = context.GetCaller().Id;
        var key = (caller, caller is null ? context.Connection.RemoteIpAddress : null, limit.RequestsPerSecond, limit.Burst);
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

    private static Task RefuseAsync(HttpContext context)
    {
        context.RequestServices.GetRequiredService<GatewayMetrics>().RateLimited();
        var error = new Error(StatusCodes.Status429TooManyRequests, "request.rate_limited", "This client makes too many requests; try again in a second.");
        return Problems.From(error).ExecuteAsync(context);
    }
}
