using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Labels;
using Platform.Monitor.Monitoring;
using Platform.Monitor.State;
using Platform.Monitor.Telemetry;

namespace Platform.Monitor.BusinessOutcomes;

/// <summary>
/// Takes business outcomes in: stored before the caller hears of it, counted by route when their predictions' windows are closed. The first of a
/// name counts for a row and stands: one that changed later would change what a decision was made from.
/// </summary>
internal sealed class OutcomeTaker(
    LedgerKeeper keeper, VersionFinder models, AwaitedRows rows, IOptions<GroundTruthOptions> options, MonitorMetrics metrics, TimeProvider time)
{
    public async Task<Result<OutcomesAnswer>> TakeAsync(string model, OutcomesRequest request, CancellationToken cancellationToken)
    {
        if (!OutcomeList.Read(model, request, options.Value.MaxPerRequest, time.GetUtcNow()).Succeeded(out var outcomes, out var invalid))
            return invalid;
        if (!await models.ModelExistsAsync(model, cancellationToken))
            return MonitoringErrors.UnknownModel(model);

        var ids = outcomes.Select(outcome => outcome.Id).ToArray();
        var unknown = await rows.CountUnknownAsync(model, ids, cancellationToken);
        if (await keeper.ChangeAsync(ledger => Take(ledger, model, outcomes), cancellationToken) is { } refused)
            return refused;

        metrics.Labels("accepted", outcomes.Count - unknown);
        metrics.Labels("unknown", unknown);
        return new OutcomesAnswer(outcomes.Count - unknown, unknown) { Hint = unknown == 0 ? null : await rows.HintAsync(model, ids, cancellationToken) };
    }

    /// <summary>Takes all of them, or none.</summary>
    private Error? Take(Ledger ledger, string model, IReadOnlyList<HeldOutcome> outcomes)
    {
        if (HasTooManyNames(ledger, model, outcomes))
            return OutcomeErrors.TooManyNames(model);
        var dropped = 0;
        foreach (var outcome in outcomes.OrderBy(outcome => outcome.At))
        {
            if (ledger.Outcomes.FindClosed(model, outcome.Id) is { } found)
                ledger.Report(found.Block, found.Row, outcome);
            else
                dropped += ledger.Outcomes.HeldOutcomes.Hold(outcome);
        }

        metrics.Labels("dropped", dropped);
        return null;
    }

    private static bool HasTooManyNames(Ledger ledger, string model, IReadOnlyList<HeldOutcome> outcomes)
    {
        var names = ledger.RouteOutcomes.NamesOf(model).ToHashSet(StringComparer.Ordinal);
        if (outcomes.All(outcome => names.Contains(outcome.Name)))
            return false;
        names.UnionWith(ledger.Outcomes.HeldOutcomes.NamesOf(model));
        names.UnionWith(outcomes.Select(outcome => outcome.Name));
        return names.Count > HeldOutcomes.MostNames;
    }
}
