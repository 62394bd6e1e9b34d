using System.Text.Json;
using Platform.Hosting.PredictionLog;
using Platform.Monitor.Baselines;
using Platform.Monitor.Deployments;
using Platform.Monitor.Records;
using Platform.Monitor.Sampling;
using Platform.Monitor.State;
using Platform.Monitor.Telemetry;
using Platform.Monitor.Windows;

namespace Platform.Monitor.Intake;

/// <summary>Reads the prediction log from where the ledger stands and has every record counted once.</summary>
internal sealed class PredictionLogFollower(
    IPredictionLogReader log, LedgerKeeper keeper, BaselineCatalog baselines, PredictionRecorder recorder, ReviewSampler reviews,
    DeploymentWatcher deployments, ConsumptionSignal consumed, MonitorMetrics metrics, TimeProvider time, ILogger<PredictionLogFollower> logger)
    : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await deployments.FirstPass.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                IntakeLog.Interrupted(logger, exception);
                await Task.Delay(RetryInterval, time, stoppingToken);
            }
        }
    }

    // Returns when the ledger has been read anew: then reading begins again where that one stands.
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var (ledger, from) = await keeper.ChangeAsync(current => (current, current.Versions.Mark.Position), cancellationToken);
        await foreach (var batch in log.ReadAsync(MonitorService.Name, from, cancellationToken))
        {
            var predictions = await ReadAsync(batch, cancellationToken);
            var counted = await keeper.ChangeAsync(current => Record(ledger, current, predictions, batch.Next), cancellationToken);
            if (!counted)
                return;

            log.Acknowledge(MonitorService.Name, ledger.Versions.StoredPosition);
            DateTimeOffset? newest = predictions is [.., var last] ? last.Logged.Time : null;
            metrics.Read(batch.Entries.Count, newest);
            consumed.Advance(time.GetUtcNow() - newest ?? TimeSpan.Zero);
        }
    }

    private bool Record(Ledger expected, Ledger current, IReadOnlyList<PredictionRows> predictions, LogPosition next)
    {
        if (!ReferenceEquals(expected, current))
            return false;

        recorder.Record(current, predictions, next);
        reviews.Offer(current, predictions);
        return true;
    }

    private async Task<IReadOnlyList<PredictionRows>> ReadAsync(PredictionLogBatch batch, CancellationToken cancellationToken)
    {
        var predictions = new List<PredictionRows>(batch.Entries.Count);
        foreach (var entry in batch.Entries)
        {
            // A request for a version that does not exist has no version either.
            if (TryRead(entry, () => RecordReader.Read(entry.Json)) is not { Version.Length: > 0 } logged)
                continue;

            var baseline = await baselines.GetAsync(new(logged.Model, logged.Version), cancellationToken);
            if (TryRead(entry, () => new PredictionRows(logged, baseline)) is { } rows)
                predictions.Add(rows);
        }

        return predictions;
    }

    private T? TryRead<T>(PredictionLogEntry entry, Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (JsonException exception)
        {
            metrics.Unreadable();
            IntakeLog.Unreadable(logger, entry.Id, entry.Model, exception.Message);
            return null;
        }
    }
}
