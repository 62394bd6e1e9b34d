using Platform.Hosting.Errors;
using Platform.Monitor.Baselines;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Performance;
using Platform.Monitor.Requests;
using Platform.Monitor.State;
using Platform.Monitor.Telemetry;
using Platform.Monitor.Versions;
using Platform.Monitor.Windows;

namespace Platform.Monitor.Labels;

/// <summary>Puts labels beside their predictions: in closed windows at once, else held until the window closes.</summary>
internal sealed class LabelJoiner(WindowPerformance performance, MonitorMetrics metrics)
{
    /// <summary>
    /// Joins all labels, or none: those where baselines are missing to judge them by are named first, and a label that its
    /// version cannot have refuses the request.
    /// </summary>
    public (IReadOnlyCollection<VersionKey> Missing, Error? Refused) Join(
        Ledger ledger, IReadOnlyList<HeldLabel> labels, IReadOnlyDictionary<VersionKey, Baseline> baselines)
    {
        var versions = labels.Select(label => VersionOf(ledger, label)).ToArray();
        var missing = versions.OfType<VersionKey>().Where(version => !baselines.ContainsKey(version)).ToHashSet();
        if (missing.Count > 0)
            return (missing, null);

        var resolved = Resolve(labels, versions, baselines, out var refused);
        if (refused is not null)
            return (missing, refused);

        var changed = new HashSet<OutcomeBlock>();
        var dropped = 0;
        foreach (var label in resolved)
            dropped += Join(ledger, label, baselines, changed);
        foreach (var block in changed)
            performance.Update(ledger, baselines[block.Key], block);
        metrics.Labels("dropped", dropped);
        return (missing, null);
    }

    private static int Join(
        Ledger ledger, HeldLabel label, IReadOnlyDictionary<VersionKey, Baseline> baselines, HashSet<OutcomeBlock> changed)
    {
        if (ledger.Outcomes.FindClosed(label.Model, label.Id) is not { } found)
            return ledger.Outcomes.Held.Hold(label);

        ledger.Label(found.Block, found.Row, label, baselines[found.Block.Key]);
        ledger.Outcomes.Change(found.Block);
        changed.Add(found.Block);
        return 0;
    }

    private static VersionKey? VersionOf(Ledger ledger, HeldLabel label) =>
        ledger.Outcomes.FindClosed(label.Model, label.Id)?.Block.Key ?? ledger.Outcomes.FindOpen(label.Model, label.Id);

    private static HeldLabel[] Resolve(
        IReadOnlyList<HeldLabel> labels, VersionKey?[] versions, IReadOnlyDictionary<VersionKey, Baseline> baselines, out Error? refused)
    {
        var errors = new FieldErrors();
        var resolved = new HeldLabel[labels.Count];
        for (var at = 0; at < labels.Count; at++)
        {
            resolved[at] = labels[at];
            if (versions[at] is not { } version)
                continue;

            var scheme = baselines[version].Labels;
            if (scheme.Resolve(labels[at].Label) is { } text)
                resolved[at] = labels[at] with { Label = text };
            else
                errors.Add($"[{at}].label", $"'{labels[at].Label}' is no label of {version}: {scheme.Expectation} is needed.");
        }

        refused = errors.Any ? errors.ToError() : null;
        return resolved;
    }
}
