using System.Threading.Channels;
using Platform.Hosting.Documents;
using Platform.Hosting.Replicas;
using Platform.Monitor.Telemetry;

namespace Platform.Monitor.State;

/// <summary>
/// Runs changes of the ledger one after the other and stores those that wait together in one batch. When a batch cannot be
/// stored, the ledger is read anew: what is in memory never gets ahead of what is on disk. Of several replicas the active one
/// keeps the ledger; in the others, changes wait until their replica is.
/// </summary>
internal sealed class LedgerKeeper(
    [FromKeyedServices(MonitorService.Name)] IDocumentStore documents,
    [FromKeyedServices(MonitorService.Name)] ActiveReplica replica,
    Func<Ledger> empty,
    IEnumerable<ILedgerObserver> observers,
    ILogger<LedgerKeeper> logger) : BackgroundService
{
    private const int MostAtOnce = 64;

    private readonly Channel<LedgerChange> _changes =
        Channel.CreateBounded<LedgerChange>(new BoundedChannelOptions(256) { SingleReader = true });

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
        try
        {
            await replica.RunAsync(KeepAsync, stoppingToken);
        }
        finally
        {
            _changes.Writer.Complete();
            Refuse(new OperationCanceledException("The monitor is stopping."));
        }
    }

    // Who waits when the turn is lost is told so: it may be long until this replica's next.
    private async Task KeepAsync(Turn turn, CancellationToken cancellationToken)
    {
        try
        {
            await StoreUntilFailureAsync(turn, cancellationToken);
        }
        catch (OperationCanceledException lost) when (cancellationToken.IsCancellationRequested)
        {
            Refuse(new DocumentsUnavailableException(lost));
        }
    }

    // Ends when something could not be stored: it may be that another replica has the turn by now.
    private async Task StoreUntilFailureAsync(Turn turn, CancellationToken cancellationToken)
    {
        Ledger? ledger = null;
        var group = new List<LedgerChange>(MostAtOnce);
        while (await _changes.Reader.WaitToReadAsync(cancellationToken))
        {
            while (group.Count < MostAtOnce && _changes.Reader.TryRead(out var change))
                group.Add(change);
            try
            {
                ledger ??= await LoadAsync(cancellationToken);
                await StoreAsync(ledger, group, turn, cancellationToken);
            }
            catch (Exception exception)
            {
                GiveUp(group, exception);
                return;
            }
            group.Clear();
        }
    }

    private async Task StoreAsync(Ledger ledger, List<LedgerChange> group, Turn turn, CancellationToken cancellationToken)
    {
        foreach (var change in group)
            change.Run(ledger);
        var changes = ledger.TakeChanges();
        // Its events go on with the trace.
        using var storing = MonitorTracing.Store(ledger.Trace);
        ledger.Trace = null;
        if (!changes.IsEmpty && await documents.CommitAsync(turn.Guard(changes), cancellationToken) is { } conflict)
            throw new DocumentsUnavailableException(new IOException($"Somebody else has changed {conflict.Collection}/{conflict.Id}."));
        foreach (var observer in observers)
            observer.Stored(ledger);
        foreach (var change in group)
            change.Complete();
    }

    private void GiveUp(List<LedgerChange> group, Exception exception)
    {
        if (exception is not OperationCanceledException)
            StateLog.ChangeFailed(logger, exception);
        foreach (var change in group)
            change.Fail(exception is OperationCanceledException ? new DocumentsUnavailableException(exception) : exception);
    }

    private async Task<Ledger> LoadAsync(CancellationToken cancellationToken)
    {
        var ledger = empty();
        await ledger.LoadAsync(documents, cancellationToken);
        return ledger;
    }

    private void Refuse(Exception why)
    {
        while (_changes.Reader.TryRead(out var change))
            change.Fail(why);
    }
}
