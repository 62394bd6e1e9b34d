using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;
using Platform.Inference.Callbacks;
using Platform.Inference.Jobs;

namespace Platform.Inference.Delivery;

/// <summary>Sends the callbacks that are due, until their receivers take them or too many attempts have failed.</summary>
internal sealed class CallbackSender(
    CallbackQueue queue, CalledJobs jobs, CallbackClient client, CallbackSecret secret, CallbackMetrics metrics, IOptions<JobOptions> options, TimeProvider time,
    ILogger<CallbackSender> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private CallbackOptions Options => options.Value.Callbacks;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do await TrySendDueAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; what is not sent stays queued.
        }
    }

    private async Task TrySendDueAsync(CancellationToken stoppingToken)
    {
        try
        {
            await secret.GetAsync(stoppingToken); // also before the first callback: its receiver must be told the secret
            while (await SendDueAsync(stoppingToken)) { }
        }
#pragma warning disable CA1031 // whatever went wrong, the next round tries again
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.SendingFailed(exception);
        }
    }

    /// <summary>True when something was due.</summary>
    private async Task<bool> SendDueAsync(CancellationToken stoppingToken)
    {
        var next = await queue.ReadNextAsync(stoppingToken);
        var now = time.GetUtcNow();
        var due = next.Where(callback => callback.Value.DueAt <= now).ToList();
        var bound = new ParallelOptions { MaxDegreeOfParallelism = Options.Concurrency, CancellationToken = stoppingToken };
        await Parallel.ForEachAsync(due, bound, SendAsync);
        return due.Count > 0;
    }

    private async ValueTask SendAsync(Document<QueuedCallback> due, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + (2 * Options.Timeout);
        if (await queue.TryTakeAsync(due, until, cancellationToken) is not { } taken) return;
        var job = await jobs.FindAsync(taken, cancellationToken);
        if (job?.Value.Callback is not { } callback)
        {
            await jobs.EndAsync(taken, job, null, cancellationToken);
            return;
        }

        var tried = callback with { Attempts = callback.Attempts + 1, LastAttemptAt = time.GetUtcNow(), NextAttemptAt = null };
        var problem = await client.PostAsync(job.Value with { Callback = tried }, cancellationToken);
        var ended = End(tried, problem);
        metrics.Tried(ended);
        if (ended.State == CallbackState.Failed) logger.GivenUp(job.Id, ended.Attempts, problem!);
        await jobs.EndAsync(taken, job, ended, cancellationToken);
    }

    private Callback End(Callback tried, string? problem)
    {
        if (problem is null) return tried with { State = CallbackState.Delivered, Problem = null };
        if (tried.Attempts >= Options.MaxAttempts) return tried with { State = CallbackState.Failed, Problem = problem };
        return tried with { Problem = problem, NextAttemptAt = time.GetUtcNow() + Options.PauseAfter(tried.Attempts) };
    }
}
