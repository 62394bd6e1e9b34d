using Platform.Contracts.Registry;
using Platform.Hosting.Errors;
using Platform.Registry.History;
using Platform.Registry.Models;

namespace Platform.Registry.Versions;

/// <summary>
/// Gives a model another name while nothing refers to the one that it has: once an alias has named a version, predictions, labels and alerts are
/// kept under the model's name. Its versions go with it; its history stays where it was, and says where the model went.
/// </summary>
internal sealed class RenameModel(ModelStore models, VersionStore versions, TimeProvider time)
{
    public async Task<Result<Model>> HandleAsync(string name, string newName, string actor, CancellationToken cancellationToken)
    {
        var found = await models.FindAsync(name, cancellationToken);
        if (!found.Succeeded(out var model, out var error)) return error;
        if (await RefuseAsync(model, cancellationToken) is { } refused) return refused;
        if ((await models.FindAsync(newName, cancellationToken)).Error is null) return ModelErrors.Exists(newName);
        var moved = new List<ModelVersion>();
        await foreach (var version in versions.ReadAllAsync(model, cancellationToken)) moved.Add(version);
        // Looked at again in the state that is moved: it may have been put to use meanwhile.
        return await models.MoveAsync(
            name, newName, current => RefuseAsync(current, cancellationToken),
            change => Announce(change, moved, actor), change => Leave(change, moved, newName, actor), cancellationToken);
    }

    private async Task<Error?> RefuseAsync(Model model, CancellationToken cancellationToken)
    {
        if (model.Aliases.Count > 0) return ModelErrors.InUse(model.Name);
        return await versions.FindUseAsync(model.Name, null, besides: null, cancellationToken) is { } use ? VersionErrors.IsPart(use) : null;
    }

    private void Announce(ModelChange change, List<ModelVersion> moved, string actor)
    {
        var at = time.GetUtcNow();
        foreach (var version in moved)
            VersionStore.Replace(change, version with { Description = version.Description with { Model = change.Model.Name } });
        change.Record(new HistoryEntry { Action = HistoryAction.Registered, At = at, By = actor });
        change.Publish(new ModelRegistered { Model = change.Model.Name, At = at, By = actor });
    }

    private void Leave(ModelChange change, List<ModelVersion> moved, string newName, string actor)
    {
        foreach (var version in moved) VersionStore.Replace(change, version with { IsDeleted = true });
        change.Model = change.Model with { IsDeleted = true };
        change.Record(new HistoryEntry { Action = HistoryAction.Deleted, At = time.GetUtcNow(), By = actor, Reason = $"renamed to {newName}" });
    }
}
