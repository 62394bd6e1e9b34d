using Platform.Contracts.Monitor;
using Platform.Hosting.Documents;
using Platform.Hosting.Errors;
using Platform.Registry.Models;

namespace Platform.Registry.Rollouts;

/// <summary>The promotions that take their time, and what was counted last of each model's routes.</summary>
internal sealed class RolloutStore([FromKeyedServices(RegistryService.Name)] IDocumentStore documents)
{
    private const string Collection = "rollouts";
    private const string CountsCollection = "route-counts";
    private const string StateIndex = "state";
    private const int PageSize = 1000;

    public async Task<Result<Rollout>> FindAsync(string id, CancellationToken cancellationToken) =>
        id.Length > 0 && await documents.GetAsync<Rollout>(Collection, id, cancellationToken) is { } found ? found.Value : RolloutErrors.NotFound(id);

    /// <summary>Those that run, the oldest first.</summary>
    public async Task<IReadOnlyList<Rollout>> ListRunningAsync(CancellationToken cancellationToken)
    {
        var query = new DocumentQuery(Collection) { Where = new Dictionary<string, string> { [StateIndex] = RolloutState.Running }, Limit = PageSize };
        return await documents.ReadAllAsync<Rollout>(query, cancellationToken).Select(item => item.Value).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Stores it with the change of its model: whoever decides about it does so on the model's latest revision, and of two who would, one begins anew.
    /// </summary>
    public static void Put(ModelChange change, Rollout rollout) =>
        change.Put(Collection, rollout.Id, rollout, expectedRevision: null, (StateIndex, rollout.State));

    public async Task<RoutesCounted?> FindCountsAsync(string model, CancellationToken cancellationToken) =>
        (await documents.GetAsync<RoutesCounted>(CountsCollection, model, cancellationToken))?.Value;

    /// <summary>Keeps counts unless newer ones are there.</summary>
    public async Task KeepAsync(RoutesCounted counted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = await documents.GetAsync<RoutesCounted>(CountsCollection, counted.Model, cancellationToken);
            if (known?.Value.At >= counted.At) return;
            var batch = new DocumentBatch().Put(CountsCollection, counted.Model, counted, known?.Revision ?? 0);
            if (await documents.CommitAsync(batch, cancellationToken) is null) return;
        }
    }
}
