using Platform.Contracts;
using Platform.Hosting.Documents;
using Platform.Monitor.Alerts;
using Platform.Monitor.Baselines;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Routes;
using Platform.Monitor.Windows;
using Platform.Statistics.Performance;

namespace Platform.Monitor.State;

/// <summary>
/// Everything that the monitor remembers, in memory. It is changed by one change at a time and only through the
/// <see cref="LedgerKeeper"/>, which stores each change before anybody hears of it.
/// </summary>
internal sealed class Ledger(GroundTruthOptions groundTruth, AlertOptions alerts)
{
    private DocumentBatch _batch = new();

    public VersionBook Versions { get; } = new();

    public OutcomeBook Outcomes { get; } = new(groundTruth);

    public ErrorStreamBook ErrorStreams { get; } = new();

    public RouteLabels RouteLabels { get; } = new();

    public AlertBook Alerts { get; } = new(alerts);

    public RuleBook Rules { get; } = new();

    /// <summary>The trace that led to a change that is not stored yet; null where none is collected.</summary>
    public string? Trace { get; set; }

    /// <summary>Labels a row of a closed window, and counts its first label.</summary>
    public void Label(OutcomeBlock block, int row, string label, DateTimeOffset at, Baseline baseline)
    {
        var wrong = ErrorStreams.Label(block, row, label, at, baseline);
        if (wrong is not null && block.Outcomes.Predictions[row].Class is not null)
            RouteLabels.Add(block.Key, block.RouteOf(row), correct: !wrong.Value);
    }

    /// <summary>Publishes an event once the change is stored; events of a model stay in order.</summary>
    public void Publish<T>(string model, T message) where T : IEvent => _batch.Publish(model, message);

    public async Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        await Versions.LoadAsync(documents, cancellationToken);
        await Outcomes.LoadAsync(documents, cancellationToken);
        await ErrorStreams.LoadAsync(documents, cancellationToken);
        await RouteLabels.LoadAsync(documents, cancellationToken);
        await Alerts.LoadAsync(documents, cancellationToken);
        await Rules.LoadAsync(documents, cancellationToken);
    }

    /// <summary>What has changed since the last call.</summary>
    public DocumentBatch TakeChanges()
    {
        // A window may be measured and forgotten by one change; so forgetting comes last.
        Outcomes.Flush(_batch);
        Versions.Flush(_batch);
        ErrorStreams.Flush(_batch);
        RouteLabels.Flush(_batch);
        Alerts.Flush(_batch);
        Rules.Flush(_batch);
        return Interlocked.Exchange(ref _batch, new());
    }
}
