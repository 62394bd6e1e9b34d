using System.ComponentModel.DataAnnotations;
using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Errors;
using Platform.Onnx.Children;
using Platform.Registry.Aliases;
using Platform.Registry.Gates;
using Platform.Registry.History;
using Platform.Registry.Models;
using Platform.Registry.Requests;
using Platform.Registry.Sessions;
using Platform.Registry.Versions;

namespace Platform.Registry.Promotions;

/// <summary>The body of <c>POST /v1/models/{m}/promotions</c>.</summary>
/// <param name="Version">A version's number or an alias of it.</param>
/// <param name="Alias">The alias that is to name it; champion when absent.</param>
/// <param name="Strategy">How traffic moves; at once when absent.</param>
/// <param name="Reason">Why.</param>
/// <param name="AllowSignatureChange">True to let the gate signature pass where callers of the version that serves would feel the change; false when absent.</param>
internal sealed record PromoteRequest(
    [property: Required] string? Version, string? Alias = null, StrategyRequest? Strategy = null, string? Reason = null,
    bool? AllowSignatureChange = null);

/// <summary>How traffic is to move.</summary>
/// <param name="Kind">immediate.</param>
internal sealed record StrategyRequest([property: Required, AllowedValues("immediate")] string? Kind);

/// <summary>
/// Moves an alias to a version once the gates let it. The gates measure first, beside everything else; the decision is then
/// one commit, made anew on the latest state if somebody changed the model meanwhile, so that promotions have one order.
/// </summary>
internal sealed class Promote(ModelStore models, VersionStore versions, GateRunner gates, TimeProvider time, ILogger<Promote> logger)
{
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
            // The policy and what serves are those of the moment of the decision, not of the moment when measuring began.
            var current = await FindCurrentAsync(change.Model, request.Alias ?? AliasName.Champion, cancellationToken);
            List<GateRecord> records =
            [
                .. measurement.Records,
                SignatureGate.Measure(current, version.Description, request.AllowSignatureChange ?? false),
                .. RequiredMetrics.Measure(change.Model.Gates, version.Description.Metadata),
            ];
            var entry = Describe(change, version.Description, records, request) with { Id = id, At = time.GetUtcNow(), By = actor };
            return entry.Action == HistoryAction.Promoted ? Complete(change, version, measurement, entry) : Refuse(change, entry);
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

    private static Result<Promotion> Refuse(ModelChange change, HistoryEntry entry)
    {
        change.Record(entry);
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
        if (request.Strategy is { Kind: not "immediate" } strategy) return PromotionErrors.StrategyUnsupported(strategy.Kind);
        var problems = new FieldProblems();
        problems.Require("version", !string.IsNullOrEmpty(request.Version), "is missing.");
        problems.Require("alias", request.Alias is null || AliasName.IsValid(request.Alias), AliasName.Rule);
        problems.CheckText("reason", request.Reason);
        return problems.Any ? problems.ToError() : null;
    }
}
