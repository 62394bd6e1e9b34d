using System.Diagnostics;
using System.Runtime.InteropServices;
using Platform.Load;

namespace Platform.Bench.Load;

/// <summary>
/// Sends requests over many connections from a single thread that never sleeps: no scheduler, thread pool or timer of the client's
/// own stands between an answer and the clock.
/// </summary>
internal static partial class LoadLoop
{
    private const short Readable = 1;

    public static Task<LoadResult> RunAsync(ConnectionSet connections, WireRequest request, Func<long, IArrivals> arrivals) =>
        Task.Factory.StartNew(() => Run(connections, request, arrivals), TaskCreationOptions.LongRunning);

    private static LoadResult Run(ConnectionSet connections, WireRequest request, Func<long, IArrivals> arrivals)
    {
        var started = Stopwatch.GetTimestamp();
        var windows = new LatencyWindows();
        var (latencies, errors) = Run(connections.All, request, arrivals(started), windows);
        return new LoadResult(Stopwatch.GetElapsedTime(started).TotalSeconds, latencies, errors, windows);
    }

    private static (LatencyHistogram Latencies, long Errors) Run(
        IReadOnlyList<LoadConnection> connections, WireRequest request, IArrivals arrivals, LatencyWindows windows)
    {
        var (latencies, errors) = (new LatencyHistogram(), 0L);
        var idle = new Stack<int>(Enumerable.Range(0, connections.Count));
        var watched = new Watched[connections.Count];
        Array.Fill(watched, new Watched { Descriptor = -1, Events = Readable });
        for (var now = Stopwatch.GetTimestamp(); idle.Count < connections.Count || !arrivals.HaveEnded(now); now = Stopwatch.GetTimestamp())
        {
            while (idle.Count > 0 && arrivals.TryTake(Stopwatch.GetTimestamp(), out var dueAt))
            {
                var connection = connections[idle.Peek()];
                connection.Send(request, dueAt);
                watched[idle.Pop()].Descriptor = connection.Descriptor;
            }

            if (idle.Count == connections.Count || Poll(watched, (nuint)watched.Length, 0) <= 0) continue;
            for (var i = 0; i < watched.Length; i++)
            {
                if (watched[i].Descriptor < 0 || watched[i].Happened == 0 || connections[i].TryReceive() is not { } status) continue;
                var latency = Stopwatch.GetTimestamp() - connections[i].DueAt;
                latencies.Record(latency);
                windows.Record(latency);
                if (status != 200) errors++;
                watched[i].Descriptor = -1; // which poll(2) passes over
                idle.Push(i);
            }
        }

        return (latencies, errors);
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll([In, Out] Watched[] watched, nuint count, int timeoutMilliseconds);

    /// <summary>poll(2)'s <c>pollfd</c>.</summary>
    private struct Watched
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
