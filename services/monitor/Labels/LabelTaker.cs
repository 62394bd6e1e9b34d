using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Monitor.Baselines;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Monitoring;
using Platform.Monitor.Performance;
using Platform.Monitor.State;
using Platform.Monitor.Telemetry;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Labels;

/// <summary>Takes labels in: stored before the caller hears of it, joined with their predictions now or when those come.</summary>
internal sealed class LabelTaker(
    LedgerKeeper keeper, VersionFinder models, BaselineCatalog baselines, LabelJoiner joiner, AwaitedRows rows,
    IOptions<GroundTruthOptions> options, MonitorMetrics metrics, TimeProvider time)
{
    public async Task<Result<GroundTruthAnswer>> TakeAsync(
        string model, GroundTruthRequest request, LabelOrigin origin, CancellationToken cancellationToken)
    {
        if (!LabelList.Read(model, request, origin, options.Value.MaxPerRequest, time.GetUtcNow()).Succeeded(out var labels, out var invalid))
            return invalid;
        if (!await models.ModelExistsAsync(model, cancellationToken))
            return MonitoringErrors.UnknownModel(model);

        // First wait for the predictions: only beside its prediction can a label be refused.
        var ids = labels.Select(label => label.Id).ToArray();
        var unknown = await rows.CountUnknownAsync(model, ids, cancellationToken);
        try
        {
            if (await JoinAsync(labels, cancellationToken) is { } refused)
                return refused;
        }
        catch (HttpRequestException)
        {
            return MonitoringErrors.RegistryAway;
        }

        metrics.Labels("accepted", labels.Count - unknown);
        metrics.Labels("unknown", unknown);
        return new GroundTruthAnswer(labels.Count - unknown, unknown) { Hint = unknown == 0 ? null : await rows.HintAsync(model, ids, cancellationToken) };
    }

    // A prediction may be counted while its version's baseline is being fetched; then there is one more to fetch.
    private async Task<Error?> JoinAsync(IReadOnlyList<HeldLabel> labels, CancellationToken cancellationToken)
    {
        var known = new Dictionary<VersionKey, Baseline>();
        while (true)
        {
            var (missing, refused) = await keeper.ChangeAsync(ledger => joiner.Join(ledger, labels, known), cancellationToken);
            if (missing.Count == 0)
                return refused;
            foreach (var version in missing)
                known[version] = await baselines.GetAsync(version, cancellationToken);
        }
    }
}
