using Platform.Hosting.Documents;
using Platform.Monitor.State;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Alerts;

/// <summary>The open alerts, and how the latest windows met the rules.</summary>
internal sealed class AlertBook(AlertOptions options) : ILedgerPart
{
    /// <summary>The indexed field by which alerts are found.</summary>
    public const string StateField = "state";

    private readonly Dictionary<(string Rule, VersionKey Version), Alert> _open = [];
    private readonly Dictionary<VersionKey, Dictionary<string, Verdicts>> _verdicts = [];
    private readonly Queue<string> _resolved = new();
    private readonly Dictionary<string, Alert> _changed = new(StringComparer.Ordinal);
    private readonly HashSet<VersionKey> _judged = [];

    public IReadOnlyCollection<Alert> Open => _open.Values;

    public Alert? Find(string rule, VersionKey version) => _open.GetValueOrDefault((rule, version));

    public Alert? FindOpen(string id) => _open.Values.FirstOrDefault(alert => alert.Id == id);

    /// <summary>Takes over an alert as it is now; one that is resolved is no longer open.</summary>
    public void Set(Alert alert)
    {
        var key = (alert.RuleId, alert.VersionKey());
        _changed[alert.Id] = alert;
        if (alert.State != AlertState.Resolved)
        {
            _open[key] = alert;
            return;
        }

        _open.Remove(key);
        _resolved.Enqueue(alert.Id);
    }

    /// <summary>The verdicts of a rule on a version, to be changed.</summary>
    public Verdicts Judge(string rule, VersionKey version)
    {
        _judged.Add(version);
        if (!_verdicts.TryGetValue(version, out var byRule))
            _verdicts[version] = byRule = new(StringComparer.Ordinal);
        if (!byRule.TryGetValue(rule, out var verdicts))
            byRule[rule] = verdicts = new();
        return verdicts;
    }

    /// <summary>Forgets how windows met a rule: it has changed, or a person has called its alert settled.</summary>
    public void Forget(string rule, VersionKey? version = null)
    {
        foreach (var (key, byRule) in _verdicts)
        {
            if ((version is null || key == version) && byRule.Remove(rule))
                _judged.Add(key);
        }
    }

    public async Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        await foreach (var alert in documents.ReadAllAsync<Alert>(new(Collections.Alerts), cancellationToken))
        {
            if (alert.Value.State == AlertState.Resolved)
                _resolved.Enqueue(alert.Id);
            else
                _open[(alert.Value.RuleId, alert.Value.VersionKey())] = alert.Value;
        }

        await foreach (var document in documents.ReadAllAsync<VerdictDocument>(new(Collections.Verdicts), cancellationToken))
        {
            _verdicts[new(document.Value.Model, document.Value.Version)] =
                document.Value.Rules.ToDictionary(rule => rule.Key, rule => new Verdicts(rule.Value), StringComparer.Ordinal);
        }
    }

    public void Flush(DocumentBatch batch)
    {
        foreach (var alert in _changed.Values)
        {
            var index = new Dictionary<string, string> { [StateField] = alert.State };
            batch.Put(Collections.Alerts, alert.Id, alert, expectedRevision: null, index);
        }

        while (_resolved.Count > options.KeepResolved)
            batch.Delete(Collections.Alerts, _resolved.Dequeue());
        foreach (var version in _judged)
            batch.Put(Collections.Verdicts, version.ToString(), VerdictDocument.Of(version, _verdicts[version]), expectedRevision: null);
        _changed.Clear();
        _judged.Clear();
    }

    private sealed record VerdictDocument(string Model, string Version, IReadOnlyDictionary<string, IReadOnlyList<Verdict>> Rules)
    {
        public static VerdictDocument Of(VersionKey version, Dictionary<string, Verdicts> rules) =>
            new(version.Model, version.Version, rules.ToDictionary(rule => rule.Key, rule => rule.Value.ToList()));
    }
}
