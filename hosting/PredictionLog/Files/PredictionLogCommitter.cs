using Microsoft.Extensions.Options;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;

namespace Platform.Hosting.PredictionLog.Files;

/// <summary>Commits the prediction log at its interval and once more when the process stops, and applies its retention.</summary>
internal sealed partial class PredictionLogCommitter(
    IServiceProvider provider, IOptions<PredictionLogOptions> options, TimeProvider time, ILogger<PredictionLogCommitter> logger)
    : BackgroundService
{
    // Opened when the process starts, so that a folder in use by another one is refused then.
    private readonly FasterPredictionLog? _log =
        LocalLogUse.Has(provider) ? provider.GetRequiredService<FasterPredictionLog>() : null;

    private static readonly TimeSpan RetentionInterval = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_log is not null) await _log.CommitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_log is null) return;
        using var timer = new PeriodicTimer(options.Value.CommitInterval, time);
        var nextRetention = time.GetUtcNow();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryCommitAsync(_log, stoppingToken);
                if (time.GetUtcNow() < nextRetention) continue;
                _log.ApplyRetention();
                nextRetention = time.GetUtcNow() + RetentionInterval;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync commits what is left.
        }
    }

    // A commit that fails must not end the loop. One that waits for room on the disk ends when there is some (LogDevice).
    private async Task TryCommitAsync(FasterPredictionLog log, CancellationToken stoppingToken)
    {
        try
        {
            await log.CommitAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is FASTER.core.FasterException or IOException)
        {
            CommitFailed(logger, exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "The prediction log could not be committed; trying again")]
    private static partial void CommitFailed(ILogger logger, Exception exception);
}
