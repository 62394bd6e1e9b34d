using Platform.Hosting.Errors;
using Platform.Registry.History;
using Platform.Registry.Models;

namespace Platform.Registry.Versions;

/// <summary>Deletes a model of which no version serves. Its aliases and versions go with it.</summary>
internal sealed class DeleteModel(ModelStore models, VersionStore versions, TimeProvider time)
{
    public Task<Result<Model>> HandleAsync(string model, string actor, CancellationToken cancellationToken) => models.ChangeAsync<Model>(model, async change =>
    {
        if (change.Model.Aliases.ContainsKey(AliasName.Champion)) return ModelErrors.Serves(model);
        foreach (var (alias, state) in change.Model.Aliases)
            if (state.Rollout is { } rollout) return ModelErrors.PromotionRunning(alias, rollout);
        if (await versions.FindUseAsync(model, null, besides: model, cancellationToken) is { } use) return VersionErrors.IsPart(use);
        var now = time.GetUtcNow();
        foreach (var alias in change.Model.Aliases.Keys.ToList()) change.MoveAlias(alias, null, now, actor);
        await foreach (var version in versions.ReadAllAsync(change.Model, cancellationToken))
            VersionStore.Replace(change, version with { IsDeleted = true, UpdatedAt = now });
        change.Model = change.Model with { IsDeleted = true };
        change.Record(new HistoryEntry { Action = HistoryAction.Deleted, At = now, By = actor });
        return change.Model;
    }, cancellationToken);
}
