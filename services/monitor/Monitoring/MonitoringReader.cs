using System.Globalization;
using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;
using Platform.Hosting.Errors;
using Platform.Monitor.Baselines;
using Platform.Monitor.Fairness;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.State;
using Platform.Monitor.Versions;
using Platform.Monitor.Windows;

namespace Platform.Monitor.Monitoring;

/// <summary>Reads what has been found about a version.</summary>
internal sealed class MonitoringReader(
    [FromKeyedServices(MonitorService.Name)] IDocumentStore documents, VersionFinder versions, BaselineCatalog baselines,
    LedgerKeeper keeper, IOptions<FairnessOptions> fairness)
{
    public async Task<Result<MonitoringAnswer>> ReadAsync(string model, MonitoringQuery query, CancellationToken cancellationToken)
    {
        if (!WindowFilter.Read(query).Succeeded(out var filter, out var invalid))
            return invalid;

        var found = await versions.FindAsync(model, query.Version, cancellationToken);
        if (!found.Succeeded(out var version, out var error))
            return error;

        try
        {
            return MonitoringDetail.Show(await ReadAsync(version, filter, cancellationToken), filter.Detail);
        }
        catch (HttpRequestException)
        {
            return MonitoringErrors.RegistryAway;
        }
    }

    private async Task<MonitoringAnswer> ReadAsync(VersionKey version, WindowFilter filter, CancellationToken cancellationToken)
    {
        var baseline = await baselines.GetAsync(version, cancellationToken);
        var (windows, next) = await ReadWindowsAsync(version, filter, cancellationToken);
        var (open, errors) = await keeper.ChangeAsync(
            ledger => (OpenIn(ledger, version), ledger.ErrorStreams.Find(version)?.ToReport()), cancellationToken);
        return new()
        {
            Model = version.Model,
            Version = version.Version,
            Baseline = BaselineReport.Of(baseline),
            Windows = windows,
            FairnessTrend = FairnessTrend.Of(windows.Select(window => window.Fairness), fairness.Value.Alpha),
            Errors = errors,
            Open = open,
            Next = next,
        };
    }

    private static OpenWindowReport? OpenIn(Ledger ledger, VersionKey version) =>
        ledger.Versions.Find(version)?.Open is { } window ? new(window.From, window.Count) : null;

    // The latest windows come first out of the store, and last in the answer, as in any chart.
    private async Task<(List<WindowReport> Windows, string? Next)> ReadWindowsAsync(
        VersionKey version, WindowFilter filter, CancellationToken cancellationToken)
    {
        var windows = new List<WindowReport>();
        await foreach (var document in documents.ReadAllAsync<WindowReport>(Latest(version, filter), cancellationToken))
        {
            if (!filter.Wants(document.Value))
                continue;
            if (windows.Count == filter.Limit)
                return (Chronological(windows), windows[^1].Sequence.ToString(CultureInfo.InvariantCulture));

            var labelled = (await documents.GetAsync<LabelledMeasures>(Collections.Performance, document.Id, cancellationToken))?.Value;
            windows.Add(document.Value with { Performance = labelled, Fairness = labelled?.Fairness ?? document.Value.Fairness });
        }

        return (Chronological(windows), null);
    }

    private static List<WindowReport> Chronological(List<WindowReport> windows) => [.. windows.AsEnumerable().Reverse()];

    private static DocumentQuery Latest(VersionKey version, WindowFilter filter) => new(Collections.Windows)
    {
        Where = Collections.IndexOf(version),
        After = filter.Before is { } sequence ? Collections.WindowId(version, sequence) : null,
        Descending = true,
        Limit = filter.Limit + 1,
    };
}
