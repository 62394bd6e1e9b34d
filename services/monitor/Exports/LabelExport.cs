using System.Globalization;
using Platform.Hosting.Errors;
using Platform.Hosting.Paging;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Monitoring;
using Platform.Monitor.State;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Exports;

/// <summary>The labels of a model's last predictions, in the order in which they became known.</summary>
internal sealed class LabelExport(LedgerKeeper keeper, VersionFinder versions)
{
    public async Task<Result<Page<ExportedLabel>>> ReadAsync(string model, LabelQuery query, CancellationToken cancellationToken)
    {
        if (!ExportRange.Read(query).Succeeded(out var range, out var error))
            return error;
        if (!string.IsNullOrEmpty(query.Source) && !LabelSource.All.Contains(query.Source))
            return Invalid("source", $"Must be one of {string.Join(", ", LabelSource.All)}.");
        if (range.After is not null && PlaceOf(range.After) is null)
            return Invalid("after", "Must be the x-next of an earlier page.");
        if (!await versions.ModelExistsAsync(model, cancellationToken))
            return MonitoringErrors.UnknownModel(model);
        string? version = null;
        if (range.Version is not null)
        {
            if (!(await versions.FindAsync(model, range.Version, cancellationToken)).Succeeded(out var found, out error))
                return error;
            version = found.Version;
        }

        var labels = await keeper.ChangeAsync(ledger => Wanted(ledger, model, version, query.Source, range), cancellationToken);
        return PageOf(labels, range);
    }

    private static List<ExportedLabel> Wanted(Ledger ledger, string model, string? version, string? source, ExportRange range)
    {
        var place = range.After is { } after ? PlaceOf(after) : null;
        var labels = new List<ExportedLabel>();
        foreach (var (key, id, label) in ledger.Outcomes.LabelsOf(model))
        {
            if (!range.Holds(label.At) || (version is not null && key.Version != version) || (place is { } behind && !IsBehind(label.At, id, behind)))
                continue;
            if (string.IsNullOrEmpty(source) || source == label.Origin?.Source)
                labels.Add(LabelOf(key, id, label));
        }

        return labels;
    }

    private static ExportedLabel LabelOf(VersionKey version, string id, KnownLabel label) => new()
    {
        PredictionId = id,
        Version = version.Version,
        Label = label.Label,
        At = label.At,
        Source = label.Origin?.Source,
        By = label.Origin?.By,
    };

    private static Page<ExportedLabel> PageOf(List<ExportedLabel> labels, ExportRange range)
    {
        labels.Sort((one, other) => one.At != other.At ? one.At.CompareTo(other.At) : string.CompareOrdinal(one.PredictionId, other.PredictionId));
        if (labels.Count <= range.Limit)
            return new(labels, null);
        var last = labels[range.Limit - 1];
        return new(labels[..range.Limit], string.Create(CultureInfo.InvariantCulture, $"{last.At.UtcTicks}-{Uri.EscapeDataString(last.PredictionId)}"));
    }

    private static bool IsBehind(DateTimeOffset at, string id, (long Ticks, string Id) place) =>
        at.UtcTicks != place.Ticks ? at.UtcTicks > place.Ticks : string.CompareOrdinal(id, place.Id) > 0;

    private static (long Ticks, string Id)? PlaceOf(string after)
    {
        var dash = after.IndexOf('-');
        return dash > 0 && long.TryParse(after.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? (ticks, Uri.UnescapeDataString(after[(dash + 1)..]))
            : null;
    }

    private static Error Invalid(string field, string message) =>
        Problems.Invalid(new Dictionary<string, string[]> { [field] = [message] });
}
