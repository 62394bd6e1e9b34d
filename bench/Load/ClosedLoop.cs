using System.Diagnostics;
using Platform.Load;

namespace Platform.Bench.Load;

/// <summary>Each connection sends its next request when the last one has been answered: finds the most a server can do.</summary>
internal static class ClosedLoop
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>On connections of its own, after a warm-up.</summary>
    public static async Task<LoadResult> RunAsync(int port, WireRequest request, int connections, TimeSpan duration)
    {
        using var open = new ConnectionSet(port, request, connections);
        await RunAsync(open, request, WarmUp);
        return await RunAsync(open, request, duration);
    }

    public static Task<LoadResult> RunAsync(ConnectionSet connections, WireRequest request, TimeSpan duration) => LoadLoop.RunAsync(
        connections, request, started => new AtOnce(started + duration.Ticks * Stopwatch.Frequency / TimeSpan.TicksPerSecond));

    private sealed class AtOnce(long until) : IArrivals
    {
        public bool TryTake(long now, out long dueAt) => (dueAt = now) < until;

        public bool HaveEnded(long now) => now >= until;
    }
}
