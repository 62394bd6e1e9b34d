using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;
using Platform.Monitor.Alerts;
using Platform.Monitor.GroundTruth;

namespace Platform.Monitor.State;

/// <summary>
/// Runs changes of the ledger one after the other and stores those that wait together in one batch. When a batch cannot be
/// stored, the ledger is read anew: what is in memory never gets ahead of what is on disk.
/// </summary>
internal sealed class LedgerKeeper(
    [FromKeyedServices(MonitorService.Name)] IDocumentStore documents,
    IOptions<GroundTruthOptions> groundTruth,
    IOptions<AlertOptions> alerts,
    MonitorMetrics metrics,
    ILogger<LedgerKeeper> logger) : BackgroundService
{
    private const int MostAtOnce = 64;

    private readonly Channel<LedgerChange> _changes =
        Channel.CreateBounded<LedgerChange>(new BoundedChannelOptions(256) { SingleReader = true });
    private Ledger? _ledger;

    /// <summary>Runs a change; completes when it is stored. Waits while too many others do.</summary>
    public async Task<T> ChangeAsync<T>(Func<Ledger, T> change, CancellationToken cancellationToken)
    {
        var pending = new LedgerChange<T>(change);
        await _changes.Writer.WriteAsync(pending, cancellationToken);
        return await pending.Stored.WaitAsync(cancellationToken);
    }

    /// <inheritdoc cref="ChangeAsync{T}"/>
    public Task ChangeAsync(Action<Ledger> change, CancellationToken cancellationToken) => ChangeAsync(
        ledger =>
        {
            change(ledger);
            return true;
        },
        cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var group = new List<LedgerChange>(MostAtOnce);
        try
        {
            while (await _changes.Reader.WaitToReadAsync(stoppingToken))
            {
                while (group.Count < MostAtOnce && _changes.Reader.TryRead(out var change))
                    group.Add(change);
                await RunAsync(group, stoppingToken);
                group.Clear();
            }
        }
        finally
        {
            Refuse(group);
        }
    }

    private async Task RunAsync(List<LedgerChange> group, CancellationToken cancellationToken)
    {
        try
        {
            _ledger ??= await LoadAsync(cancellationToken);
            foreach (var change in group)
                change.Run(_ledger);
            if (await documents.CommitAsync(_ledger.TakeChanges(), cancellationToken) is { } conflict)
                throw new IOException($"Somebody else has changed {conflict.Collection}/{conflict.Id}.");
            metrics.AlertsOpen(_ledger.Alerts.Open);
            foreach (var change in group)
                change.Complete();
        }
        catch (Exception exception)
        {
            _ledger = null;
            if (!cancellationToken.IsCancellationRequested)
                StateLog.ChangeFailed(logger, exception);
            foreach (var change in group)
                change.Fail(exception);
        }
    }

    private async Task<Ledger> LoadAsync(CancellationToken cancellationToken)
    {
        var ledger = new Ledger(groundTruth.Value, alerts.Value);
        await ledger.LoadAsync(documents, cancellationToken);
        return ledger;
    }

    private void Refuse(List<LedgerChange> group)
    {
        _changes.Writer.Complete();
        while (_changes.Reader.TryRead(out var change))
            group.Add(change);
        foreach (var change in group)
            change.Fail(new OperationCanceledException("The monitor is stopping."));
    }
}
