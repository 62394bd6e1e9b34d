using Platform.Hosting.Documents;
using Platform.Registry.MLflow.Metrics;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Runs;

/// <summary>The runs, and the one way to change one.</summary>
internal sealed class RunStore([FromKeyedServices(RegistryService.Name)] IDocumentStore documents, RunIndex index, TimeProvider time) : IDisposable
{
    private const int MaxAttempts = 200;

    // Threads of one client log to one run at once: they take turns here rather than find out by a conflict.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    public void Dispose()
    {
        foreach (var turn in _turns) turn.Dispose();
    }

    public async Task<Run> FindAsync(string id, CancellationToken cancellationToken) => (await ReadAsync(id, cancellationToken)).Value;

    public async Task<Run> CreateAsync(Run run, CancellationToken cancellationToken)
    {
        if (await CommitAsync(new DocumentBatch(), run, 0, cancellationToken) is not null) throw MLflowException.Exists($"There is a run {run.RunId} already.");
        return run;
    }

    /// <summary>
    /// Changes a run: reads it, lets <paramref name="change"/> make the next one, commits that with the metrics that are logged, and begins anew
    /// when somebody was faster.
    /// </summary>
    public async Task<Run> ChangeAsync(string id, Func<Run, Run> change, IReadOnlyList<Metric> metrics, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)string.GetHashCode(id, StringComparison.Ordinal) % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 0; attempt < MaxAttempts; attempt++)
            {
                var found = await ReadAsync(id, cancellationToken);
                var next = change(found.Value);
                if (ReferenceEquals(next, found.Value) && metrics.Count == 0) return next;
                var batch = new DocumentBatch();
                next = next with
                {
                    Metrics = metrics.Count == 0 ? next.Metrics : Metric.Latest(next.Metrics, metrics),
                    Segments = await MetricSegment.AppendAsync(documents, batch, id, next.Segments, metrics, cancellationToken),
                };
                if (await CommitAsync(batch, next, found.Revision, cancellationToken) is null) return next;
            }
        }
        finally
        {
            turn.Release();
        }

        throw MLflowException.Conflict($"Many others are changing the run {id} at once; try again.");
    }

    public Task<Run> ChangeAsync(string id, Func<Run, Run> change, CancellationToken cancellationToken) => ChangeAsync(id, change, [], cancellationToken);

    /// <summary>Every value that a run has logged of a metric, in the order of time, step and value.</summary>
    public async Task<IReadOnlyList<Metric>> ReadHistoryAsync(Run run, string metric, CancellationToken cancellationToken)
    {
        var points = new HashSet<Metric>();
        await foreach (var point in MetricSegment.ReadAsync(documents, run.RunId, run.Segments, cancellationToken))
            if (point.Key == metric) points.Add(point);
        return [.. points.OrderBy(point => point.Timestamp).ThenBy(point => point.Step).ThenBy(point => point.Value)];
    }

    private async Task<Document<Run>> ReadAsync(string id, CancellationToken cancellationToken) =>
        await documents.GetAsync<Run>(RunIndex.Collection, id, cancellationToken) ?? throw MLflowException.NotFound($"Run with id={id} not found");

    private async Task<DocumentConflict?> CommitAsync(DocumentBatch batch, Run run, long revision, CancellationToken cancellationToken)
    {
        batch.Put(RunIndex.Collection, run.RunId, run, revision, RunIndex.FieldsOf(run, time.GetUtcNow()));
        var conflict = await documents.CommitAsync(batch, cancellationToken);
        if (conflict is null) index.Learn(new Document<Run>(run.RunId, revision + 1, run));
        return conflict;
    }
}
