using Platform.Load;

namespace Platform.Bench.Load;

/// <summary>What a load saw: answers per second, latencies, and anything that was not a 200.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="Latencies">All latencies.</param>
/// <param name="Errors">Answers that were not a 200.</param>
/// <param name="Windows">The same latencies, by thousands of answers.</param>
internal sealed record LoadResult(double Seconds, LatencyHistogram Latencies, long Errors, LatencyWindows Windows)
{
    /// <summary>Answers per second.</summary>
    public double PerSecond => Latencies.Count / Seconds;

    /// <summary>The p99 of the median thousand answers in microseconds; NaN when there were fewer.</summary>
    public double WindowP99 => Windows.MedianP99;

    public double Median => Latencies.Microseconds(0.5);

    public double P99 => Latencies.Microseconds(0.99);
}
