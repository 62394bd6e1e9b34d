using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Platform.Hosting.Access;

/// <summary>How many requests a caller may make of this process, keys that it tries included. The platform's own services are not counted.</summary>
internal sealed class CallerLimit : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext>? _buckets;

    public CallerLimit(IOptions<AccessOptions> options)
    {
        var limit = options.Value.RateLimit;
        if (limit.RequestsPerSecond > 0)
            _buckets = PartitionedRateLimiter.Create<HttpContext, CallerBucket>(context => CallerBuckets.Of(context, limit));
    }

    public bool IsExceeded(HttpContext context)
    {
        if (_buckets is null || context.GetCaller().IsService) return false;
        using var lease = _buckets.AttemptAcquire(context);
        return !lease.IsAcquired;
    }

    public void Dispose() => _buckets?.Dispose();
}
