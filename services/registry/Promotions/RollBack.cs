using Platform.Contracts.Registry;
using Platform.Hosting.Errors;
using Platform.Registry.Aliases;
using Platform.Registry.History;
using Platform.Registry.Models;
using Platform.Registry.Requests;
using Platform.Registry.Versions;

namespace Platform.Registry.Promotions;

/// <summary>The body of <c>POST /v1/models/{m}/rollback</c>, which may be absent.</summary>
/// <param name="Alias">The alias to move back; champion when absent.</param>
/// <param name="Reason">Why.</param>
internal sealed record RollBackRequest(string? Alias = null, string? Reason = null);

/// <summary>
/// Moves an alias back to the version that it named before. No gate is measured: the version has served, and a roll-back has no
/// time to lose.
/// </summary>
internal sealed class RollBack(ModelStore models, VersionStore versions, TimeProvider time)
{
    public async Task<Result<Promotion>> HandleAsync(
        string model, RollBackRequest request, string actor, CancellationToken cancellationToken)
    {
        var problems = new FieldProblems();
        problems.Require("alias", request.Alias is null || AliasName.IsValid(request.Alias), AliasName.Rule);
        problems.CheckText("reason", request.Reason);
        if (problems.Any) return problems.ToError();

        var alias = request.Alias ?? AliasName.Champion;
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        return await models.ChangeAsync<Promotion>(model, async change =>
        {
            var current = change.Model.Aliases.GetValueOrDefault(alias);
            if (current is null && alias != AliasName.Champion) return AliasErrors.NotFound(model, alias);
            if (current?.Rollout is { } rollout) return ModelErrors.PromotionRunning(alias, rollout);
            if (current?.Back(time.GetUtcNow()) is not { } restored) return PromotionErrors.NoPreviousVersion(model, alias);
            var found = await versions.FindAsync(change.Model, restored.Version, cancellationToken);
            if (!found.Succeeded(out var version, out var error)) return error;
            var entry = new HistoryEntry
            {
                Action = HistoryAction.RolledBack, Id = id, Model = model, Alias = alias, Version = restored.Version,
                PreviousVersion = current.Version, At = restored.At, By = actor, Reason = request.Reason,
            };
            return Complete(change, restored, entry, version.Description.Sha256);
        }, cancellationToken);
    }

    /// <summary>What the roll-back changes of the model, for its commit.</summary>
    public static Promotion Complete(ModelChange change, AliasState restored, HistoryEntry entry, string sha256)
    {
        change.Model = change.Model.With(entry.Alias!, restored);
        change.Record(entry);
        change.Publish(new ModelRolledBack
        {
            RollbackId = entry.Id!,
            Model = entry.Model,
            Alias = entry.Alias!,
            Version = entry.Version!,
            PreviousVersion = entry.PreviousVersion!,
            Sha256 = sha256,
            At = entry.At,
            By = entry.By,
            Reason = entry.Reason,
        });
        return Promotion.Of(entry);
    }
}
