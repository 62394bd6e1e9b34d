using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Platform.Bench.Load;

/// <summary>
/// Requests arrive by a Poisson process whether or not earlier ones are answered, and latency counts from the planned arrival:
/// no coordinated omission. What users feel at a given rate.
/// </summary>
internal static partial class OpenLoop
{
    private const int Connections = 128;
    private const uint NapMicroseconds = 50;

    public static async Task<LoadResult> RunAsync(int port, WireRequest request, double perSecond, TimeSpan duration, int seed = 1)
    {
        var open = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => HttpConnection.OpenAsync(port)));
        var arrivals = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleWriter = true });
        var workers = open.Select(connection => Task.Run(() => WorkAsync(connection, request, arrivals.Reader))).ToArray();

        var started = Stopwatch.GetTimestamp();
        await Task.Factory.StartNew(() => Arrive(arrivals.Writer, perSecond, duration, seed), TaskCreationOptions.LongRunning);
        var results = await Task.WhenAll(workers);
        var elapsed = Stopwatch.GetElapsedTime(started);
        foreach (var connection in open) connection.Dispose();

        var all = new LatencyHistogram();
        foreach (var (latencies, _) in results) all.Add(latencies);
        return new LoadResult(all.Count / elapsed.TotalSeconds, all, results.Sum(result => result.Errors));
    }

    private static void Arrive(ChannelWriter<long> arrivals, double perSecond, TimeSpan duration, int seed)
    {
        var random = new Random(seed);
        var next = (double)Stopwatch.GetTimestamp();
        var until = next + duration.TotalSeconds * Stopwatch.Frequency;
        while (next < until)
        {
            for (var now = Stopwatch.GetTimestamp(); next <= now && next < until;)
            {
                arrivals.TryWrite((long)next);
                next += -Math.Log(1 - random.NextDouble()) / perSecond * Stopwatch.Frequency;
            }
            // The framework's timers tick in milliseconds, too coarse for thousands of arrivals a second.
            _ = Sleep(NapMicroseconds);
        }
        arrivals.Complete();
    }

    private static async Task<(LatencyHistogram Latencies, long Errors)> WorkAsync(
        HttpConnection connection, WireRequest request, ChannelReader<long> arrivals)
    {
        var (latencies, errors) = (new LatencyHistogram(), 0L);
        await foreach (var arrival in arrivals.ReadAllAsync())
        {
            if (await connection.SendAsync(request, CancellationToken.None) != 200) errors++;
            latencies.Record(Stopwatch.GetTimestamp() - arrival);
        }
        return (latencies, errors);
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Sleep(uint microseconds);
}
