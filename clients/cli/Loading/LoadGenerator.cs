using System.Collections.Concurrent;
using System.Diagnostics;
using Platform.Load;

namespace Platform.Cli.Loading;

/// <summary>
/// Sends requests when they are due, whether or not earlier ones were answered, and counts latency from then on: what a request waits for a connection, or
/// for this program, is part of it (no coordinated omission).
/// </summary>
/// <param name="target">Where they go.</param>
/// <param name="connections">The most at once; further ones wait, in the count that the schedule makes of them and nowhere else.</param>
/// <param name="timeout">How long an answer may take.</param>
internal sealed class LoadGenerator(ILoadTarget target, int connections, TimeSpan timeout)
{
    private static readonly long Tolerance = Stopwatch.Frequency / 1000;

    /// <summary>Sends for a duration, then waits for what is under way.</summary>
    public Task<LoadStep> RunAsync(double rate, TimeSpan duration, int seed, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () => Run(rate, duration, seed, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private LoadStep Run(double rate, TimeSpan duration, int seed, CancellationToken cancellationToken)
    {
        using var free = new SemaphoreSlim(connections);
        var tally = new Tally();
        var (arrived, waited) = (0L, 0L);
        var started = Stopwatch.GetTimestamp();
        var ends = EndOf(started, duration);
        var arrivals = new PoissonArrivals(started, rate, duration, seed);
        while (!cancellationToken.IsCancellationRequested && Next(arrivals, cancellationToken) is { } dueAt)
        {
            arrived++;
            var waits = !free.Wait(0, CancellationToken.None);
            if (waits && !free.Wait(Until(ends), CancellationToken.None)) break; // once cancelled, connections are free at once
            if (waits) waited++;
            _ = Task.Run(() => SendAsync(dueAt, waits, free, tally, cancellationToken), CancellationToken.None);
        }

        // The rest of the schedule was not sent; the last one taken without a connection is part of it.
        while (!cancellationToken.IsCancellationRequested && arrivals.TryTake(long.MaxValue, out _)) arrived++;
        for (var connection = 0; connection < connections; connection++) free.Wait(CancellationToken.None); // each request ends by its timeout
        cancellationToken.ThrowIfCancellationRequested();
        if (tally.Fault is { } fault) throw new InvalidOperationException($"A request failed for a reason that is this program's own: {fault.Message}", fault);
        return new LoadStep
        {
            Rate = rate, Duration = duration, Arrivals = arrived, Errors = tally.Errors, Unsent = arrived - tally.Latencies.Count - tally.Errors.Values.Sum(),
            Waited = waited, Late = tally.Late, Latencies = tally.Latencies,
        };
    }

    /// <summary>Waits until the next request is due; null when there is none. It sleeps but for the last two milliseconds.</summary>
    private static long? Next(PoissonArrivals arrivals, CancellationToken cancellationToken)
    {
        long dueAt;
        while (!arrivals.TryTake(Stopwatch.GetTimestamp(), out dueAt))
        {
            var ahead = dueAt - Stopwatch.GetTimestamp();
            if (arrivals.HaveEnded(dueAt) || cancellationToken.IsCancellationRequested) return null;
            if (ahead > 2 * Tolerance) Thread.Sleep(1);
            else Thread.Yield();
        }

        return dueAt;
    }

    // A semaphore waits no longer than that.
    private static TimeSpan Until(long ends) =>
        TimeSpan.FromMilliseconds(Math.Clamp((ends - Stopwatch.GetTimestamp()) * 1000.0 / Stopwatch.Frequency, 0, int.MaxValue));

    /// <summary>When what began then is over, in <see cref="Stopwatch"/> ticks, however long it lasts.</summary>
    internal static long EndOf(long started, TimeSpan duration) => started + (long)(duration.TotalSeconds * Stopwatch.Frequency);

    private async Task SendAsync(long dueAt, bool waited, SemaphoreSlim free, Tally tally, CancellationToken cancellationToken)
    {
        try
        {
            if (!waited && Stopwatch.GetTimestamp() - dueAt > Tolerance) Interlocked.Increment(ref tally.Late);
            var failure = await TrySendAsync(cancellationToken);
            var latency = Stopwatch.GetTimestamp() - dueAt;
            if (failure is not null) tally.Errors.AddOrUpdate(failure, 1, (_, count) => count + 1);
            else lock (tally.Latencies) tally.Latencies.Record(latency);
        }
        catch (Exception exception)
        {
            tally.Fault = exception; // told when the step is over
        }
        finally
        {
            free.Release();
        }
    }

    private async Task<string?> TrySendAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return await target.SendAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return "timeout";
        }
    }

    /// <summary>What came of the requests that were sent.</summary>
    private sealed class Tally
    {
        public long Late;
        public volatile Exception? Fault;

        public LatencyHistogram Latencies { get; } = new();

        public ConcurrentDictionary<string, long> Errors { get; } = new();
    }
}
