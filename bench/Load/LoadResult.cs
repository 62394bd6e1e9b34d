namespace Platform.Bench.Load;

/// <summary>What a load saw: answers per second, latencies, and anything that was not a 200.</summary>
internal sealed record LoadResult(double PerSecond, LatencyHistogram Latencies, long Errors)
{
    public double Median => Latencies.Microseconds(0.5);

    public double P99 => Latencies.Microseconds(0.99);
}
