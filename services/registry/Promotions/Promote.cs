using System.ComponentModel.DataAnnotations;
using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Errors;
using Platform.Onnx.Children;
using Platform.Registry.Aliases;
using Platform.Registry.Gates;
using Platform.Registry.History;
using Platform.Registry.Models;
using Platform.Registry.Rollouts;
using Platform.Registry.Sessions;
using Platform.Registry.Versions;

namespace Platform.Registry.Promotions;

/// <summary>The body of <c>POST /v1/models/{m}/promotions</c>.</summary>
/// <param name="Version">A version's number or an alias of it.</param>
/// <param name="Alias">The alias that is to name it; champion when absent.</param>
/// <param name="Strategy">How traffic moves; at once when absent.</param>
/// <param name="Reason">Why.</param>
/// <param name="AllowSignatureChange">True to let the gate signature pass where callers of the version that serves would feel the change; false when absent.</param>
/// <param name="DryRun">True to measure the gates and say what would happen, and change nothing; false when absent.</param>
internal sealed record PromoteRequest(
    [property: Required] string? Version, string? Alias = null, StrategyRequest? Strategy = null, string? Reason = null,
    bool? AllowSignatureChange = null, bool? DryRun = null);

/// <summary>
/// Moves an alias to a version once the gates let it. The gates measure first, beside everything else; the decision is then
/// one commit, made anew on the latest state if somebody changed the model meanwhile, so that promotions have one order.
/// </summary>
internal sealed class Promote(
    ModelStore models, VersionStore versions, GateRunner gates, BeginRollout rollouts, TimeProvider time, ILogger<Promote> logger)
{
    /// <summary>The state of a promotion that only says what would happen.</summary>
    public const string DryRun = "dry_run";

    public async Task<Result<Promotion>> HandleAsync(
        string model, PromoteRequest request, string actor, CancellationToken cancellationToken)
    {
        if (Check(request) is { } refusal) return refusal;
        var found = await versions.FindAsync(model, request.Version!, cancellationToken);
        if (!found.Succeeded(out var version, out var error)) return error;

        try
        {
            using var measurement = await gates.MeasureAsync(version.Description, cancellationToken);
            return await DecideAsync(model, version, measurement, request, actor, cancellationToken);
        }
        catch (SessionsBusyException)
        {
            return SessionsBusyException.Refusal;
        }
        catch (ChildStartException exception)
        {
            logger.VettingUnavailable(exception);
            return VettingErrors.Unavailable;
        }
    }

    private Task<Result<Promotion>> DecideAsync(string model, ModelVersion version, Measurement measurement, PromoteRequest request,
        string actor, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        return models.ChangeAsync(model, async change =>
        {
            if (change.Model.Aliases.GetValueOrDefault(request.Alias ?? AliasName.Champion)?.Rollout is { } running)
                return AliasErrors.PromotionRunning(request.Alias ?? AliasName.Champion, running);
            // The policy and what serves are those of the moment of the decision, not of the moment when measuring began.
            var current = await FindCurrentAsync(change.Model, request.Alias ?? AliasName.Champion, cancellationToken);
            List<GateRecord> records =
            [
                .. measurement.Records,
                SignatureGate.Measure(current, version.Description, request.AllowSignatureChange ?? false),
                .. RequiredMetrics.Measure(change.Model.Gates, version.Description.Metadata),
            ];
            var entry = Describe(change, version.Description, records, request) with { Id = id, At = time.GetUtcNow(), By = actor };
            if (entry.Action != HistoryAction.Promoted) return Refuse(change, entry, request.DryRun ?? false);
            if (request.Strategy is { Kind: not StrategyKind.Immediate } strategy)
                return await BeginAsync(change, version, measurement, strategy, entry, request.DryRun ?? false, cancellationToken);
            return request.DryRun ?? false ? Promotion.Of(entry) with { State = DryRun } : Complete(change, version, measurement, entry);
        }, cancellationToken);
    }

    /// <summary>The version that the alias names; null where it names none.</summary>
    private async Task<ModelVersionDescription?> FindCurrentAsync(Model model, string alias, CancellationToken cancellationToken)
    {
        if (!model.Aliases.TryGetValue(alias, out var state)) return null;
        return (await versions.FindAsync(model, state.Version, cancellationToken)).Succeeded(out var current, out _) ? current.Description : null;
    }

    private static HistoryEntry Describe(
        ModelChange change, ModelVersionDescription version, IReadOnlyList<GateRecord> records, PromoteRequest request)
    {
        var alias = request.Alias ?? AliasName.Champion;
        return new HistoryEntry
        {
            Action = records.All(record => record.Passed) ? HistoryAction.Promoted : HistoryAction.PromotionRefused,
            Model = change.Model.Name,
            Version = version.Version,
            Alias = alias,
            PreviousVersion = change.Model.Aliases.GetValueOrDefault(alias)?.Version,
            Gates = records,
            Reason = request.Reason,
            At = default,
            By = "",
        };
    }

    private async Task<Result<Promotion>> BeginAsync(ModelChange change, ModelVersion version, Measurement measurement, StrategyRequest strategy,
        HistoryEntry entry, bool dryRun, CancellationToken cancellationToken)
    {
        var begun = await rollouts.HandleAsync(change, strategy, entry, dryRun, cancellationToken);
        if (begun.Error is null && !dryRun) KeepPredictions(change, version, measurement);
        return begun;
    }

    private static Result<Promotion> Refuse(ModelChange change, HistoryEntry entry, bool dryRun)
    {
        if (!dryRun) change.Record(entry);
        return PromotionErrors.GatesFailed(entry.Version!, entry.Gates!);
    }

    private static Result<Promotion> Complete(ModelChange change, ModelVersion version, Measurement measurement, HistoryEntry entry)
    {
        KeepPredictions(change, version, measurement);
        var current = change.Model.Aliases.GetValueOrDefault(entry.Alias!);
        change.Model = change.Model.With(entry.Alias!, AliasState.Move(current, entry.Version!, entry.At));
        change.Record(entry);
        change.Publish(new ModelPromoted
        {
            PromotionId = entry.Id!,
            Model = entry.Model,
            Alias = entry.Alias!,
            Version = entry.Version!,
            PreviousVersion = entry.PreviousVersion,
            Sha256 = version.Description.Sha256,
            At = entry.At,
            By = entry.By,
            Reason = entry.Reason,
        });
        return Promotion.Of(entry);
    }

    private static void KeepPredictions(ModelChange change, ModelVersion version, Measurement measurement)
    {
        if (measurement.Predictions is not { } predictions) return;
        var digest = Digest.Prefixed(predictions.Keep().Sha256);
        if (version.Description.Reference!.PredictionsDigest != digest) VersionStore.Replace(change, version.WithPredictions(digest));
    }

    private static Error? Check(PromoteRequest request)
    {
        if (StrategyRules.Refuse(request.Strategy) is { } refusal) return refusal;
        var problems = new FieldProblems();
        problems.Require("version", !string.IsNullOrEmpty(request.Version), "is missing.");
        problems.Require("alias", request.Alias is null || AliasName.IsValid(request.Alias), AliasName.Rule);
        problems.CheckText("reason", request.Reason);
        return problems.Any ? problems.ToError() : null;
    }
}
