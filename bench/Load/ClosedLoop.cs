using System.Diagnostics;

namespace Platform.Bench.Load;

/// <summary>Each connection sends its next request when the last one has been answered: finds the most a server can do.</summary>
internal static class ClosedLoop
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    public static async Task<LoadResult> RunAsync(
        int port, WireRequest request, int connections, TimeSpan duration, bool warmUp = true)
    {
        if (warmUp) await MeasureAsync(port, request, connections, WarmUp);
        return await MeasureAsync(port, request, connections, duration);
    }

    private static async Task<LoadResult> MeasureAsync(int port, WireRequest request, int connections, TimeSpan duration)
    {
        var open = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => HttpConnection.OpenAsync(port)));
        var started = Stopwatch.GetTimestamp();
        var until = started + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var workers = await Task.WhenAll(open.Select(connection => Task.Run(() => WorkAsync(connection, request, until))));
        var elapsed = Stopwatch.GetElapsedTime(started);
        foreach (var connection in open) connection.Dispose();

        var all = new LatencyHistogram();
        foreach (var worker in workers) all.Add(worker.Latencies);
        return new LoadResult(all.Count / elapsed.TotalSeconds, all, workers.Sum(worker => worker.Errors));
    }

    private static async Task<(LatencyHistogram Latencies, long Errors)> WorkAsync(HttpConnection connection, WireRequest request, long until)
    {
        var (latencies, errors, now) = (new LatencyHistogram(), 0L, Stopwatch.GetTimestamp());
        while (now < until)
        {
            if (await connection.SendAsync(request, CancellationToken.None) != 200) errors++;
            var done = Stopwatch.GetTimestamp();
            latencies.Record(done - now);
            now = done;
        }
        return (latencies, errors);
    }
}
