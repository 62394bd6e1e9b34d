namespace Platform.Monitor.Alerts;

/// <summary>How the latest windows of a version met one rule, by the windows' numbers.</summary>
internal sealed class Verdicts
{
    /// <summary>A rule can look back at most this far.</summary>
    public const int Most = 100;

    private readonly SortedDictionary<long, bool> _breached = [];

    public Verdicts(IEnumerable<Verdict>? verdicts = null)
    {
        foreach (var verdict in verdicts ?? [])
            _breached[verdict.Window] = verdict.Breached;
    }

    /// <summary>Notes a window's verdict; labels that come in later may change it.</summary>
    public void Note(long window, bool breached)
    {
        _breached[window] = breached;
        if (_breached.Count > Most)
            _breached.Remove(_breached.Keys.First());
    }

    /// <summary>Whether enough of the latest windows breach the rule.</summary>
    public bool Raise(AlertRule rule) => Latest(rule.Of).Count(breached => breached) >= rule.Breached;

    /// <summary>Whether the latest windows are all clean, and enough of them.</summary>
    public bool Resolve(AlertRule rule)
    {
        var latest = Latest(rule.ResolveAfter).ToArray();
        return latest.Length == rule.ResolveAfter && Array.TrueForAll(latest, breached => !breached);
    }

    public int BreachedAmong(int latest) => Latest(latest).Count(breached => breached);

    public IReadOnlyList<Verdict> ToList() => [.. _breached.Select(verdict => new Verdict(verdict.Key, verdict.Value))];

    private IEnumerable<bool> Latest(int count) => _breached.Values.Skip(Math.Max(0, _breached.Count - count));
}

/// <summary>Whether a window breached a rule.</summary>
internal sealed record Verdict(long Window, bool Breached);
