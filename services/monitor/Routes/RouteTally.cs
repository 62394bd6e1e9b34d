using Platform.Contracts.Inference;
using Platform.Contracts.Monitor;
using Platform.Monitor.Intake;
using Platform.Monitor.Records;

namespace Platform.Monitor.Routes;

/// <summary>How the requests that came to a version by one route have fared.</summary>
internal sealed class RouteTally
{
    private readonly long[] _latency = new long[RouteCount.LatencyBuckets];

    public long Requests { get; private set; }

    public long Errors { get; private set; }

    /// <summary>Answered requests by bucket of time, as <see cref="RouteCount.LatencyCounts"/> has them.</summary>
    public IReadOnlyList<long> Latency => _latency.AsSpan(0, Array.FindLastIndex(_latency, count => count > 0) + 1).ToArray();

    /// <summary>Counts a request that was answered, or at which the model failed; others are no fault of the version.</summary>
    public void Add(LoggedPrediction prediction)
    {
        if (prediction.Status is not (PredictionStatus.Succeeded or PredictionStatus.Failed))
            return;
        Requests++;
        if (prediction.Status == PredictionStatus.Failed)
            Errors++;
        else
            _latency[BucketOf(prediction.TotalMicros / 1000.0)]++;
    }

    public void Add(RouteTally other)
    {
        (Requests, Errors) = (Requests + other.Requests, Errors + other.Errors);
        for (var bucket = 0; bucket < _latency.Length; bucket++)
            _latency[bucket] += other._latency[bucket];
    }

    public RouteTallyDocument ToDocument(string route) => new() { Route = route, Requests = Requests, Errors = Errors, Latency = Latency };

    public static RouteTally Of(RouteTallyDocument document)
    {
        var tally = new RouteTally { Requests = document.Requests, Errors = document.Errors };
        for (var bucket = 0; bucket < Math.Min(document.Latency.Count, RouteCount.LatencyBuckets); bucket++)
            tally._latency[bucket] = document.Latency[bucket];
        return tally;
    }

    /// <summary>The bucket of a time in milliseconds.</summary>
    internal static int BucketOf(double milliseconds) => milliseconds <= RouteCount.FirstLatencyMs
        ? 0
        : Math.Min(RouteCount.LatencyBuckets - 1, (int)Math.Ceiling(8 * Math.Log2(milliseconds / RouteCount.FirstLatencyMs)));
}

/// <summary>A <see cref="RouteTally"/> as it is stored.</summary>
internal sealed record RouteTallyDocument
{
    public string Route { get; init; } = "";

    public long Requests { get; init; }

    public long Errors { get; init; }

    public IReadOnlyList<long> Latency { get; init; } = [];
}
