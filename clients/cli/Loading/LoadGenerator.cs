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

    private volatile Exception? _fault;

    /// <summary>Sends for a duration, then waits for what is under way.</summary>
    public Task<LoadStep> RunAsync(double rate, TimeSpan duration, int seed, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () => Run(rate, duration, seed, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private LoadStep Run(double rate, TimeSpan duration, int seed, CancellationToken cancellationToken)
    {
        using var free = new SemaphoreSlim(connections);
        var (latencies, errors) = (new LatencyHistogram(), new ConcurrentDictionary<string, long>());
        var (arrived, late, waited) = (0L, 0L, 0L);
        var started = Stopwatch.GetTimestamp();
        var ends = started + duration.Ticks * Stopwatch.Frequency / TimeSpan.TicksPerSecond;
        var arrivals = new PoissonArrivals(started, rate, duration, seed);
        while (!cancellationToken.IsCancellationRequested && Next(arrivals, cancellationToken) is { } dueAt)
        {
            arrived++;
            if (!free.Wait(0, CancellationToken.None))
            {
                if (!free.Wait(Until(ends), CancellationToken.None)) break; // once cancelled, connections are free at once
                waited++;
            }
            else if (Stopwatch.GetTimestamp() - dueAt > Tolerance) late++;

            _ = SendAsync(dueAt, free, latencies, errors, cancellationToken);
        }

        // The rest of the schedule was not sent; the last one taken without a connection is part of it.
        while (arrivals.TryTake(long.MaxValue, out _)) arrived++;
        for (var connection = 0; connection < connections; connection++) free.Wait(CancellationToken.None); // each request ends by its timeout
        cancellationToken.ThrowIfCancellationRequested();
        if (_fault is { } fault) throw new InvalidOperationException($"A request failed for a reason that is this program's own: {fault.Message}", fault);
        var sent = latencies.Count + errors.Values.Sum();
        return new LoadStep
        {
            Rate = rate, Duration = duration, Arrivals = arrived, Errors = errors, Unsent = arrived - sent, Waited = waited, Late = late, Latencies = latencies,
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

    private static TimeSpan Until(long ends) => TimeSpan.FromSeconds(Math.Max(0, (ends - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency));

    private async Task SendAsync(long dueAt, SemaphoreSlim free, LatencyHistogram latencies, ConcurrentDictionary<string, long> errors, CancellationToken cancellationToken)
    {
        try
        {
            var failure = await TrySendAsync(cancellationToken);
            var latency = Stopwatch.GetTimestamp() - dueAt;
            if (failure is not null) errors.AddOrUpdate(failure, 1, (_, count) => count + 1);
            else lock (latencies) latencies.Record(latency);
        }
        catch (Exception exception)
        {
            _fault = exception; // told when the step is over
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
}
