using System.Diagnostics;
using Platform.Load;

namespace Platform.Bench.Load;

/// <summary>
/// Requests arrive by a Poisson process whether or not earlier ones are answered, and latency counts from the planned arrival:
/// no coordinated omission. What users feel at a given rate.
/// </summary>
internal static class OpenLoop
{
    private const int Connections = 128;

    public static async Task<LoadResult> RunAsync(int port, WireRequest request, double perSecond, TimeSpan duration, int seed = 1)
    {
        using var connections = new ConnectionSet(port, request, Connections);
        return await LoadLoop.RunAsync(connections, request, started => new PoissonArrivals(started, perSecond, duration, seed));
    }

    /// <summary>
    /// The latencies of the same arrivals at an ideal server that works off one after the other and needs the same time for each
    /// (Lindley's recursion, M/D/1): what waiting alone makes of that time.
    /// </summary>
    public static LatencyHistogram Ideal(double perSecond, double serviceSeconds, TimeSpan duration, int seed = 1)
    {
        var (latencies, free) = (new LatencyHistogram(), 0.0);
        var arrivals = new PoissonArrivals(0, perSecond, duration, seed);
        while (arrivals.TryTake(long.MaxValue, out var at))
        {
            free = Math.Max(free, at) + serviceSeconds * Stopwatch.Frequency;
            latencies.Record((long)free - at);
        }

        return latencies;
    }
}
