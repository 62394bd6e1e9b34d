using Platform.Hosting.Documents;
using Platform.Hosting.Errors;
using Platform.Hosting.Paging;

namespace Platform.Registry.Models;

/// <summary>The models, and the one way to change one.</summary>
internal sealed class ModelStore([FromKeyedServices(RegistryService.Name)] IDocumentStore documents)
{
    // Of n that change a model at once, one succeeds in every round: so many at once are always served.
    private const int MaxAttempts = 200;
    private const int PageSize = 500;

    public async Task<Result<Model>> FindAsync(string name, CancellationToken cancellationToken) =>
        await ReadAsync(name, cancellationToken) is { } found ? found.Value : ModelErrors.NotFound(name);

    public async Task<Page<Model>> ListAsync(int limit, string? after, CancellationToken cancellationToken)
    {
        var page = await documents.QueryAsync<Model>(
            new DocumentQuery(ModelChange.Collection) { Limit = limit, After = after }, cancellationToken);
        return new Page<Model>([.. page.Items.Select(item => item.Value).Where(model => !model.IsDeleted)], page.Next);
    }

    /// <summary>
    /// Stores a new model with what <paramref name="announce"/> adds to it; refuses a name that is taken. Behind a deleted model of that name it
    /// goes on: no number of a version, and no entry of the history, ever means two things.
    /// </summary>
    public async Task<Result<Model>> CreateAsync(Model model, Action<ModelChange> announce, CancellationToken cancellationToken)
    {
        var before = await documents.GetAsync<Model>(ModelChange.Collection, model.Name, cancellationToken);
        if (before is { Value.IsDeleted: false }) return ModelErrors.Exists(model.Name);
        if (before is not null) model = model with
        {
            Versions = before.Value.Versions, HistoryLength = before.Value.HistoryLength, HistoryHash = before.Value.HistoryHash,
        };
        var change = new ModelChange(model, before?.Revision ?? 0);
        announce(change);
        return await documents.CommitAsync(change.ToBatch(), cancellationToken) is null ? change.Model : ModelErrors.Exists(model.Name);
    }

    /// <summary>All models as they are stored, those that have been deleted included, by name.</summary>
    public IAsyncEnumerable<Model> ReadAllAsync(CancellationToken cancellationToken) => documents.ReadAllAsync<Model>(
        new DocumentQuery(ModelChange.Collection) { Limit = PageSize }, cancellationToken).Select(item => item.Value);

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
            var found = await ReadAsync(name, cancellationToken);
            if (found is null) return ModelErrors.NotFound(name);
            var change = new ModelChange(found.Value, found.Revision);
            var result = await decide(change);
            if (change.IsEmpty) return result;
            if (await documents.CommitAsync(change.ToBatch(), cancellationToken) is null) return result;
        }
        return ModelErrors.Contended(name);
    }

    /// <summary>Looks at another model within a change, which fails and is tried again where that model changes meanwhile.</summary>
    public async Task<Result<Model>> HoldAsync(ModelChange change, string name, CancellationToken cancellationToken)
    {
        if (name == change.Model.Name) return change.Model;
        if (await ReadAsync(name, cancellationToken) is not { } found) return ModelErrors.NotFound(name);
        change.Hold(found.Value, found.Revision);
        return found.Value;
    }

    /// <summary>
    /// Moves a model to another name in one commit: <paramref name="arrive"/> fills the change of the new one, <paramref name="leave"/> that of the
    /// old one, which must end as deleted; <paramref name="refuse"/> says of its state then why it must stay.
    /// </summary>
    public async Task<Result<Model>> MoveAsync(
        string name, string newName, Func<Model, Task<Error?>> refuse, Action<ModelChange> arrive, Action<ModelChange> leave, CancellationToken cancellationToken)
    {
        if (await ReadAsync(name, cancellationToken) is not { } old) return ModelErrors.NotFound(name);
        if (await refuse(old.Value) is { } refusal) return refusal;
        var before = await documents.GetAsync<Model>(ModelChange.Collection, newName, cancellationToken);
        // A deleted model of the new name has versions and a history of its own, under the numbers that these have.
        if (before is not null) return ModelErrors.Exists(newName);
        var next = new ModelChange(old.Value with { Name = newName, HistoryLength = 0, HistoryHash = null }, revision: 0);
        var left = new ModelChange(old.Value, old.Revision);
        arrive(next);
        leave(left);
        return await documents.CommitAsync(next.ToBatch().Join(left.ToBatch()), cancellationToken) is null ? next.Model : ModelErrors.Contended(name);
    }

    private async Task<Document<Model>?> ReadAsync(string name, CancellationToken cancellationToken) =>
        await documents.GetAsync<Model>(ModelChange.Collection, name, cancellationToken) is { Value.IsDeleted: false } found ? found : null;
}
