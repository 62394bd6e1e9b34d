using System.Collections.Concurrent;
using System.Globalization;
using Platform.Hosting.Documents;

namespace Platform.Registry.MLflow.Runs;

/// <summary>
/// The runs of each experiment in memory, for searches: filters and orders go by any metric, parameter or tag, for which the document store has
/// no index. It is read at the first search. This process tells it of its own changes; where others write, too, those of the last minutes are
/// read anew before each search, by the minute in which a run was changed, which its document is indexed under.
/// </summary>
internal sealed class RunIndex([FromKeyedServices(RegistryService.Name)] IDocumentStore documents, TimeProvider time) : IDisposable
{
    public const string Collection = "mlflow-runs";

    private const string Changed = "changed";
    private const int PageSize = 1000;

    // The clocks of two processes differ, and a commit takes a while.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, string> _names = [];
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Dictionary<string, Dictionary<string, Document<Run>>> _byExperiment = [];
    private DateTimeOffset? _readAt;

    /// <summary>The fields under which a run's document is found.</summary>
    public static IReadOnlyDictionary<string, string> FieldsOf(Run run, DateTimeOffset now) =>
        new Dictionary<string, string> { ["experiment"] = run.ExperimentId, [Changed] = MinuteOf(now) };

    public void Dispose() => _reading.Dispose();

    /// <summary>Takes note of a run, unless a later state of it is known.</summary>
    public void Learn(Document<Run> run)
    {
        lock (_lock)
        {
            if (!_byExperiment.TryGetValue(run.Value.ExperimentId, out var runs)) _byExperiment[run.Value.ExperimentId] = runs = [];
            if (!runs.TryGetValue(run.Id, out var known) || known.Revision < run.Revision) runs[run.Id] = run;
        }
    }

    /// <summary>All runs of some experiments, in no order.</summary>
    public async Task<IReadOnlyList<Run>> OfAsync(IEnumerable<string> experiments, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        lock (_lock)
        {
            var found = new List<Run>();
            foreach (var experiment in experiments.Distinct())
                if (_byExperiment.TryGetValue(experiment, out var runs))
                    foreach (var run in runs.Values) found.Add(run.Value);
            return found;
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (_readAt is not null && !documents.IsShared) return;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (_readAt is not { } last || now - last > TimeSpan.FromHours(1)) await ReadAsync(new DocumentQuery(Collection), cancellationToken);
            else if (documents.IsShared)
                for (var at = last - Overlap; at <= now + Overlap; at += TimeSpan.FromMinutes(1))
                    await ReadAsync(new DocumentQuery(Collection) { Where = new Dictionary<string, string> { [Changed] = MinuteOf(at) } }, cancellationToken);
            _readAt = now;
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task ReadAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            var page = await documents.QueryAsync<Run>(query with { Limit = PageSize, After = after }, cancellationToken);
            foreach (var run in page.Items) Learn(run with { Value = Compact(run.Value) });
            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>Names are the same in many runs, and kept once.</summary>
    private Run Compact(Run run) => run with
    {
        ExperimentId = Shared(run.ExperimentId),
        Status = Shared(run.Status),
        LifecycleStage = Shared(run.LifecycleStage),
        Params = [.. run.Params.Select(pair => pair with { Key = Shared(pair.Key) })],
        Tags = [.. run.Tags.Select(pair => pair with { Key = Shared(pair.Key) })],
        Metrics = [.. run.Metrics.Select(metric => metric with { Key = Shared(metric.Key) })],
    };

    private string Shared(string name) => _names.GetOrAdd(name, name);

    private static string MinuteOf(DateTimeOffset at) => (at.ToUnixTimeSeconds() / 60).ToString(CultureInfo.InvariantCulture);
}
