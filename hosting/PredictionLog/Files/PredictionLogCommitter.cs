using System.Diagnostics;
using Microsoft.Extensions.Options;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;

namespace Platform.Hosting.PredictionLog.Files;

/// <summary>
/// Commits the prediction log at its interval, earlier when that is wanted, and once more when the process stops, and applies its retention.
/// It has a thread of its own: that of the pool would have to wait for requests where they are many.
/// </summary>
internal sealed partial class PredictionLogCommitter(
    IServiceProvider provider, IOptions<PredictionLogOptions> options, TimeProvider time, ILogger<PredictionLogCommitter> logger)
    : BackgroundService
{
    // Opened when the process starts, so that a folder in use by another one is refused then.
    private readonly FasterPredictionLog? _log =
        LocalLogUse.Has(provider) ? provider.GetRequiredService<FasterPredictionLog>() : null;

    private static readonly TimeSpan RetentionInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastChance = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_log is not null) await CommitLastAsync(_log, cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _log is null ? Task.CompletedTask : Task.Factory.StartNew(
            () => Run(_log, stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // The last records are worth some seconds where the time for stopping is over.
    private async Task CommitLastAsync(FasterPredictionLog log, CancellationToken cancellationToken)
    {
        using var last = new CancellationTokenSource(LastChance);
        try
        {
            await log.CommitAsync(cancellationToken.IsCancellationRequested ? last.Token : cancellationToken);
        }
        catch (Exception exception) when (exception is FASTER.core.FasterException or IOException or OperationCanceledException)
        {
            LastCommitFailed(logger, exception);
        }
    }

    private void Run(FasterPredictionLog log, CancellationToken stoppingToken)
    {
        var nextRetention = time.GetUtcNow();
        try
        {
            for (var pause = options.Value.CommitInterval; ; pause = options.Value.CommitInterval - TryCommit(log, stoppingToken))
            {
                log.WaitUntilCommitIsWanted(pause, stoppingToken);
                stoppingToken.ThrowIfCancellationRequested();
                if (time.GetUtcNow() < nextRetention) continue;
                log.ApplyRetention();
                nextRetention = time.GetUtcNow() + RetentionInterval;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync commits what is left.
        }
    }

    // A commit that fails must not end the loop. One that waits for room on the disk ends when there is some (LogDevice).
    private TimeSpan TryCommit(FasterPredictionLog log, CancellationToken stoppingToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            log.Commit(stoppingToken);
        }
        catch (Exception exception) when (exception is FASTER.core.FasterException or IOException)
        {
            CommitFailed(logger, exception);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    [LoggerMessage(LogLevel.Error, "The prediction log could not be committed; trying again")]
    private static partial void CommitFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "The prediction log could not be committed when the process stopped; what came since the last commit may be lost")]
    private static partial void LastCommitFailed(ILogger logger, Exception exception);
}
