using Platform.Hosting.Documents;
using Platform.Hosting.Errors;
using Platform.Hosting.Paging;

namespace Platform.Registry.Models;

/// <summary>The models, and the one way to change one.</summary>
internal sealed class ModelStore([FromKeyedServices(RegistryService.Name)] IDocumentStore documents)
{
    // Of n that change a model at once, one succeeds in every round: so many at once are always served.
    private const int MaxAttempts = 200;

    public async Task<Result<Model>> FindAsync(string name, CancellationToken cancellationToken) =>
        await documents.GetAsync<Model>(ModelChange.Collection, name, cancellationToken) is { } found
            ? found.Value
            : ModelErrors.NotFound(name);

    public async Task<Page<Model>> ListAsync(int limit, string? after, CancellationToken cancellationToken)
    {
        var page = await documents.QueryAsync<Model>(
            new DocumentQuery(ModelChange.Collection) { Limit = limit, After = after }, cancellationToken);
        return new Page<Model>([.. page.Items.Select(item => item.Value)], page.Next);
    }

    /// <summary>Stores a new model with what <paramref name="announce"/> adds to it; refuses a name that is taken.</summary>
    public async Task<Result<Model>> CreateAsync(Model model, Action<ModelChange> announce, CancellationToken cancellationToken)
    {
        var change = new ModelChange(model, revision: 0);
        announce(change);
        return await documents.CommitAsync(change.ToBatch(), cancellationToken) is null ? change.Model : ModelErrors.Exists(model.Name);
    }

    /// <inheritdoc cref="ChangeAsync{T}(string, Func{ModelChange, Task{Result{T}}}, CancellationToken)"/>
    public Task<Result<T>> ChangeAsync<T>(string name, Func<ModelChange, Result<T>> decide, CancellationToken cancellationToken) =>
        ChangeAsync(name, change => Task.FromResult(decide(change)), cancellationToken);

    /// <summary>
    /// Changes a model: reads it, lets <paramref name="decide"/> fill the change, commits; and begins anew when somebody was
    /// faster. A refusal is committed as well if it has recorded something.
    /// </summary>
    public async Task<Result<T>> ChangeAsync<T>(
        string name, Func<ModelChange, Task<Result<T>>> decide, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var found = await documents.GetAsync<Model>(ModelChange.Collection, name, cancellationToken);
            if (found is null) return ModelErrors.NotFound(name);
            var change = new ModelChange(found.Value, found.Revision);
            var result = await decide(change);
            if (change.IsEmpty) return result;
            if (await documents.CommitAsync(change.ToBatch(), cancellationToken) is null) return result;
        }
        return ModelErrors.Contended(name);
    }
}
