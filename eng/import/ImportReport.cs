namespace Platform.Import;

/// <summary>What was copied, what was here already, and what was left out and why.</summary>
internal sealed class ImportReport(TextWriter output)
{
    private const int MaxListed = 200;

    private readonly SortedDictionary<string, (int Copied, int Known)> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _left = [];
    private readonly List<string> _refused = [];

    public void Copied(string kind, int count = 1) => Count(kind, count, 0);

    public void Known(string kind) => Count(kind, 0, 1);

    /// <summary>Something that does not come over, and why.</summary>
    public void LeftOut(string what, string why) => _left.Add($"{what}: {why}");

    /// <summary>An alias that a gate or a rule of the platform has refused.</summary>
    public void Refused(string what, string why) => _refused.Add($"{what}: {why}");

    public void Say(string line) => output.WriteLine(line);

    public void Write()
    {
        output.WriteLine($"{"",-12}{"copied",10}{"here already",14}");
        foreach (var (kind, (copied, known)) in _counts) output.WriteLine($"{kind,-12}{copied,10}{known,14}");
        WriteList("left out", _left);
        WriteList("aliases that were refused; promote by hand, or override (docs/promotions.md)", _refused);
    }

    private void WriteList(string title, List<string> lines)
    {
        if (lines.Count == 0) return;
        output.WriteLine($"{lines.Count} {title}:");
        foreach (var line in lines.Take(MaxListed)) output.WriteLine($"  {line}");
        if (lines.Count > MaxListed) output.WriteLine($"  and {lines.Count - MaxListed} more");
    }

    private void Count(string kind, int copied, int known)
    {
        var count = _counts.GetValueOrDefault(kind);
        _counts[kind] = (count.Copied + copied, count.Known + known);
    }
}
