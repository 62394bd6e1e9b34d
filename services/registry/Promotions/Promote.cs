using System.ComponentModel.DataAnnotations;
using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Errors;
using Platform.Onnx.Children;
using Platform.Registry.Gates;
using Platform.Registry.History;
using Platform.Registry.Models;
using Platform.Registry.Policies;
using Platform.Registry.Requests;
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
/// <param name="DryRun">True to measure the gates and say what would happen, and leave everything as it is; false when absent.</param>
/// <param name="Override">Promotes the version although gates of the policy fail; needs the permission manage.</param>
internal sealed record PromoteRequest(
    [property: Required] string? Version, string? Alias = null, StrategyRequest? Strategy = null, string? Reason = null,
    bool? AllowSignatureChange = null, bool? DryRun = null, GateOverride? Override = null);

/// <summary>
/// Moves an alias to a version once the gates let it. The gates measure first, beside everything else; the decision is then
/// one commit, made anew on the latest state if somebody changed the model meanwhile, so that promotions have one order.
/// </summary>
internal sealed class Promote(
    ModelStore models, VersionStore versions, MeasureGates gates, BeginRollout rollouts, TimeProvider time, ILogger<Promote> logger)
{
    // Of n promotions at once, one is decided in every round.
    private const int MaxRounds = 200;

    public async Task<Result<Promotion>> HandleAsync(
        string model, PromoteRequest request, string actor, CancellationToken cancellationToken)
    {
        if (Check(request) is { } refusal) return refusal;
        if (!(await models.FindAsync(model, cancellationToken)).Succeeded(out var known, out var error)) return error;
        var found = await versions.FindAsync(known, request.Version!, cancellationToken);
        if (!found.Succeeded(out var version, out error)) return error;

        try
        {
            using var trial = await gates.TryAsync(version.Description, known.Gates, cancellationToken);
            return await DecideAsync(model, version.Description, trial, request, actor, cancellationToken);
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

    /// <summary>Holds what was tried against the policy and the version that serves, and decides if they are the same still.</summary>
    private async Task<Result<Promotion>> DecideAsync(
        string model, ModelVersionDescription version, Measurement trial, PromoteRequest request, string actor, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            if (!(await models.FindAsync(model, cancellationToken)).Succeeded(out var known, out var error)) return error;
            var current = await FindCurrentAsync(known, request.Alias ?? AliasName.Champion, cancellationToken);
            var terms = new GateTerms(known.Gates, current, request.AllowSignatureChange ?? false);
            var records = await gates.JudgeAsync(version, trial, terms, cancellationToken);
            if (await DecideAsync(model, version.Version, trial, terms, records, request, actor, cancellationToken) is { } decided) return decided;
        }
        return ModelErrors.Contended(model);
    }

    /// <summary>Null where the policy or the version that serves are others by now.</summary>
    private async Task<Result<Promotion>?> DecideAsync(string model, string number, Measurement trial, GateTerms terms,
        IReadOnlyList<GateRecord> records, PromoteRequest request, string actor, CancellationToken cancellationToken)
    {
        var isOutdated = false;
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        var decided = await models.ChangeAsync(model, async change =>
        {
            var alias = request.Alias ?? AliasName.Champion;
            if (change.Model.Aliases.GetValueOrDefault(alias)?.Rollout is { } running) return ModelErrors.PromotionRunning(alias, running);
            var current = await FindCurrentAsync(change.Model, alias, cancellationToken);
            isOutdated = !terms.Hold(change.Model.Gates, current);
            if (isOutdated) return ModelErrors.Contended(model);
            var found = await versions.FindAsync(change.Model, number, cancellationToken);
            if (!found.Succeeded(out var version, out var error)) return error;
            // Approvals are those of this moment.
            var entry = Describe(change, number, [.. records, .. ApprovalsGate.Measure(terms.Policy, version, time.GetUtcNow())], request);
            return await ConcludeAsync(
                change, version, trial, request.Strategy, entry with { Id = id, At = time.GetUtcNow(), By = actor }, cancellationToken);
        }, cancellationToken);
        return isOutdated ? (Result<Promotion>?)null : decided;
    }

    private async Task<Result<Promotion>> ConcludeAsync(ModelChange change, ModelVersion version, Measurement trial, StrategyRequest? strategy,
        HistoryEntry entry, CancellationToken cancellationToken) => entry.Action switch
    {
        HistoryAction.PromotionRefused => Refuse(change, entry),
        HistoryAction.GatesMeasured => await NoteAsync(change, strategy, entry, cancellationToken),
        _ when strategy is { Kind: not StrategyKind.Immediate } => await BeginAsync(change, version, trial, strategy, entry, cancellationToken),
        _ => Complete(change, version, trial, entry),
    };

    /// <summary>The version that the alias names; null where it names none.</summary>
    private async Task<ModelVersionDescription?> FindCurrentAsync(Model model, string alias, CancellationToken cancellationToken)
    {
        if (!model.Aliases.TryGetValue(alias, out var state)) return null;
        return (await versions.FindAsync(model, state.Version, cancellationToken)).Succeeded(out var current, out _) ? current.Description : null;
    }

    private static HistoryEntry Describe(ModelChange change, string version, IReadOnlyList<GateRecord> records, PromoteRequest request)
    {
        var alias = request.Alias ?? AliasName.Champion;
        return new HistoryEntry
        {
            Action = ActionOf(records, request),
            Model = change.Model.Name,
            Version = version,
            Alias = alias,
            PreviousVersion = change.Model.Aliases.GetValueOrDefault(alias)?.Version,
            Gates = records,
            Override = records.All(record => record.Passed) ? null : request.Override,
            Reason = request.Reason,
            At = default,
            By = "",
        };
    }

    private static string ActionOf(IReadOnlyList<GateRecord> records, PromoteRequest request) =>
        request.DryRun == true ? HistoryAction.GatesMeasured
        : records.All(record => record.Passed || (request.Override is not null && GateOverrides.Allow(record))) ? HistoryAction.Promoted
        : HistoryAction.PromotionRefused;

    /// <summary>The gates' verdicts are noted, and what the strategy would be like is said beside them.</summary>
    private async Task<Result<Promotion>> NoteAsync(
        ModelChange change, StrategyRequest? strategy, HistoryEntry entry, CancellationToken cancellationToken)
    {
        var noted = strategy is { Kind: not StrategyKind.Immediate }
            ? await rollouts.ForeseeAsync(change, strategy, entry, cancellationToken)
            : Promotion.Of(entry);
        if (noted.Error is null) change.Record(entry);
        return noted;
    }

    private async Task<Result<Promotion>> BeginAsync(ModelChange change, ModelVersion version, Measurement trial, StrategyRequest strategy,
        HistoryEntry entry, CancellationToken cancellationToken)
    {
        var begun = await rollouts.HandleAsync(change, strategy, entry, cancellationToken);
        if (begun.Error is null) KeepPredictions(change, version, trial);
        return begun;
    }

    private static Result<Promotion> Refuse(ModelChange change, HistoryEntry entry)
    {
        change.Record(entry);
        return PromotionErrors.GatesFailed(entry.Version!, entry.Gates!);
    }

    private static Result<Promotion> Complete(ModelChange change, ModelVersion version, Measurement measurement, HistoryEntry entry)
    {
        KeepPredictions(change, version, measurement);
        var current = change.Model.Aliases.GetValueOrDefault(entry.Alias!);
        change.Model = change.Model.With(entry.Alias!, AliasState.Promote(current, entry.Version!, entry.At));
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
        request.Override?.Check(problems, "override");
        return problems.Any ? problems.ToError() : null;
    }
}
