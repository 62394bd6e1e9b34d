namespace Platform.Bench.Load;

/// <summary>What a load saw: answers per second, latencies, and anything that was not a 200.</summary>
/// <param name="PerSecond">Answers per second.</param>
/// <param name="Latencies">All latencies.</param>
/// <param name="Errors">Answers that were not a 200.</param>
/// <param name="WindowP99">The p99 of the median thousand answers in microseconds; NaN where windows were not kept.</param>
internal sealed record LoadResult(double PerSecond, LatencyHistogram Latencies, long Errors, double WindowP99 = double.NaN)
{
    public double Median => Latencies.Microseconds(0.5);

    public double P99 => Latencies.Microseconds(0.99);
}
