using System.Globalization;
using Platform.Hosting.Documents;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Experiments;

/// <summary>
/// The experiments, each a document under its id. A document under its name holds that name, so that no two have the same; a counter gives ids.
/// </summary>
internal sealed class ExperimentStore([FromKeyedServices(RegistryService.Name)] IDocumentStore documents, TimeProvider time)
{
    /// <summary>The experiment of whoever names none.</summary>
    public const string DefaultId = "0";

    private const string Collection = "mlflow-experiments";
    private const string Names = "mlflow-experiment-names";
    private const string Counters = "mlflow-counters";
    private const int MaxAttempts = 200;
    private const int PageSize = 1000;

    private volatile bool _hasDefault;

    public async Task<Experiment> FindAsync(string? id, CancellationToken cancellationToken) =>
        (await ReadAsync(id.OrNull() ?? DefaultId, cancellationToken)).Value;

    /// <summary>The experiment of a name, deleted ones included; null where there is none.</summary>
    public async Task<Experiment?> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        await EnsureDefaultAsync(cancellationToken);
        var held = await documents.GetAsync<HeldName>(Names, name, cancellationToken);
        return held is null ? null : (await documents.GetAsync<Experiment>(Collection, held.Value.ExperimentId, cancellationToken))?.Value;
    }

    public async Task<IReadOnlyList<Experiment>> ListAsync(CancellationToken cancellationToken)
    {
        await EnsureDefaultAsync(cancellationToken);
        var all = new List<Experiment>();
        string? after = null;
        do
        {
            var page = await documents.QueryAsync<Experiment>(new DocumentQuery(Collection) { Limit = PageSize, After = after }, cancellationToken);
            all.AddRange(page.Items.Select(item => item.Value));
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    public async Task<Experiment> CreateAsync(string name, string? location, IReadOnlyList<KeyValue> tags, CancellationToken cancellationToken)
    {
        await EnsureDefaultAsync(cancellationToken);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var counter = await documents.GetAsync<Counter>(Counters, Collection, cancellationToken);
            var id = ((counter?.Value.Last ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
            var experiment = New(id, name, location, tags);
            var batch = Store(experiment).Put(Counters, Collection, new Counter((counter?.Value.Last ?? 0) + 1), counter?.Revision ?? 0);
            var conflict = await documents.CommitAsync(batch, cancellationToken);
            if (conflict is null) return experiment;
            if (conflict.Collection == Names) throw Exists(name);
        }

        throw MLflowException.Conflict("Many others are making experiments at once; try again.");
    }

    /// <summary>Changes an experiment; its name, where it changes, must be nobody else's.</summary>
    public async Task<Experiment> ChangeAsync(string id, Func<Experiment, Experiment> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var found = await ReadAsync(id, cancellationToken);
            var next = change(found.Value) with { LastUpdateTime = time.NowMs() };
            var batch = new DocumentBatch().Put(Collection, id, next, found.Revision);
            if (next.Name != found.Value.Name)
                batch.Put(Names, next.Name, new HeldName(id), expectedRevision: 0).Delete(Names, found.Value.Name);
            var conflict = await documents.CommitAsync(batch, cancellationToken);
            if (conflict is null) return next;
            if (conflict.Collection == Names) throw Exists(next.Name);
        }

        throw MLflowException.Conflict($"Many others are changing the experiment {id} at once; try again.");
    }

    private async Task<Document<Experiment>> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (!id.All(char.IsAsciiDigit))
            throw MLflowException.Invalid($"Invalid experiment ID '{id}'. Experiment ID must be a valid integer.");
        await EnsureDefaultAsync(cancellationToken);
        return await documents.GetAsync<Experiment>(Collection, id, cancellationToken)
            ?? throw MLflowException.NotFound($"No Experiment with id={id} exists");
    }

    private async Task EnsureDefaultAsync(CancellationToken cancellationToken)
    {
        if (_hasDefault) return;
        if (await documents.GetAsync<Experiment>(Collection, DefaultId, cancellationToken) is null)
            await documents.CommitAsync(Store(New(DefaultId, "Default", null, [])), cancellationToken); // or another process was faster
        _hasDefault = true;
    }

    private static DocumentBatch Store(Experiment experiment) => new DocumentBatch()
        .Put(Names, experiment.Name, new HeldName(experiment.ExperimentId), expectedRevision: 0)
        .Put(Collection, experiment.ExperimentId, experiment, expectedRevision: 0);

    private Experiment New(string id, string name, string? location, IReadOnlyList<KeyValue> tags)
    {
        var now = time.NowMs();
        return new Experiment
        {
            ExperimentId = id,
            Name = name,
            ArtifactLocation = location.OrNull() ?? $"mlflow-artifacts:/{id}",
            CreationTime = now,
            LastUpdateTime = now,
            Tags = tags.Count == 0 ? null : KeyValue.Merge([], tags),
        };
    }

    private static MLflowException Exists(string name) => MLflowException.Exists($"Experiment(name={name}) already exists.");

    private sealed record HeldName(string ExperimentId);

    private sealed record Counter(long Last);
}
