using System.ComponentModel.DataAnnotations;
using Platform.Hosting.Errors;
using Platform.Registry.Models;
using Platform.Registry.Versions;

namespace Platform.Registry.Aliases;

/// <summary>The body of <c>PUT /v1/models/{m}/aliases/{alias}</c>.</summary>
/// <param name="Version">A version's number, or another alias.</param>
internal sealed record SetAliasRequest([property: Required] string? Version);

/// <summary>An alias as the HTTP API describes it.</summary>
internal sealed record AliasDescription(string Model, string Alias, string Version, DateTimeOffset At);

/// <summary>Sets and removes aliases by hand.</summary>
internal sealed class ChangeAlias(ModelStore models, VersionStore versions, TimeProvider time)
{
    public async Task<Result<AliasDescription>> SetAsync(
        string model, string alias, SetAliasRequest request, string actor, CancellationToken cancellationToken)
    {
        if (Refusal(alias) is { } refusal) return refusal;
        if (string.IsNullOrEmpty(request.Version)) return AliasErrors.NoVersion;
        return await models.ChangeAsync<AliasDescription>(model, async change =>
        {
            if (change.Model.Aliases.GetValueOrDefault(alias)?.Rollout is { } rollout) return ModelErrors.PromotionRunning(alias, rollout);
            var found = await versions.FindAsync(change.Model, request.Version, cancellationToken);
            if (!found.Succeeded(out var version, out var error)) return error;
            var number = version.Description.Version;
            var state = AliasState.Move(change.Model.Aliases.GetValueOrDefault(alias), number, time.GetUtcNow());
            change.MoveAlias(alias, state, state.At, actor);
            return new AliasDescription(model, alias, number, state.At);
        }, cancellationToken);
    }

    public async Task<Result<string>> RemoveAsync(string model, string alias, string actor, CancellationToken cancellationToken)
    {
        if (Refusal(alias) is { } refusal) return refusal;
        return await models.ChangeAsync<string>(model, change =>
        {
            if (!change.Model.Aliases.TryGetValue(alias, out var state)) return AliasErrors.NotFound(model, alias);
            if (state.Rollout is { } rollout) return ModelErrors.PromotionRunning(alias, rollout);
            change.MoveAlias(alias, null, time.GetUtcNow(), actor);
            return alias;
        }, cancellationToken);
    }

    private static Error? Refusal(string alias) =>
        alias == AliasName.Champion ? AliasErrors.Protected
        : AliasName.IsValid(alias) ? null
        : AliasErrors.Invalid(alias);
}
