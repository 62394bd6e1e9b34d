using Platform.Hosting.Documents;
using Platform.Monitor.State;

namespace Platform.Monitor.Alerts;

/// <summary>The rules that hold: the default ones, and over them those that somebody has set.</summary>
internal sealed class RuleBook : ILedgerPart
{
    private readonly SortedDictionary<string, AlertRule> _set = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <summary>All rules in the order of their ids.</summary>
    public IEnumerable<AlertRule> All =>
        DefaultRules.All.Values.Where(rule => !_set.ContainsKey(rule.Id)).Concat(_set.Values)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal);

    /// <summary>How many somebody has set.</summary>
    public int SetCount => _set.Count;

    public AlertRule? Find(string id) => _set.GetValueOrDefault(id) ?? DefaultRules.All.GetValueOrDefault(id);

    public bool IsSet(string id) => _set.ContainsKey(id);

    public void Set(AlertRule rule)
    {
        _set[rule.Id] = rule;
        _changed.Add(rule.Id);
    }

    /// <summary>Takes a rule away; a default one comes back as it was.</summary>
    public void Remove(string id)
    {
        _set.Remove(id);
        _changed.Add(id);
    }

    public async Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        await foreach (var rule in documents.ReadAllAsync<AlertRule>(new(Collections.AlertRules), cancellationToken))
            _set[rule.Id] = rule.Value;
    }

    public void Flush(DocumentBatch batch)
    {
        foreach (var id in _changed)
        {
            if (_set.TryGetValue(id, out var rule))
                batch.Put(Collections.AlertRules, id, rule, expectedRevision: null);
            else
                batch.Delete(Collections.AlertRules, id);
        }

        _changed.Clear();
    }
}
