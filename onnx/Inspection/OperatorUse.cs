namespace Platform.Onnx.Inspection;

/// <summary>
/// Which operators the graph and the file's functions use, and how many operators come out when the runtime writes every
/// function out in place: functions that use functions can make a small file grow without bound.
/// </summary>
internal sealed class OperatorUse
{
    private const int MaxDistinct = 5000;
    private static readonly OperatorName Graph = new("", "");

    private readonly Dictionary<OperatorName, Dictionary<OperatorName, long>> _uses = new() { [Graph] = [] };
    private readonly HashSet<OperatorName> _distinct = [];

    /// <summary>Everything used from now on belongs to this function.</summary>
    public Dictionary<OperatorName, long> Uses { get; private set; } = [];

    public IEnumerable<string> Domains => _distinct.Select(used => used.Domain).Distinct();

    public void BeginGraph() => Uses = _uses[Graph];

    /// <summary>A function's name may follow its operators, so they are collected first.</summary>
    public void BeginFunction() => Uses = [];

    public void EndFunction(OperatorName function) => _uses[function] = Uses;

    public void Add(OperatorName used)
    {
        Uses[used] = Uses.GetValueOrDefault(used) + 1;
        if (_distinct.Add(used) && _distinct.Count > MaxDistinct)
            throw new InvalidDataException($"it uses more than {MaxDistinct} different operators");
    }

    /// <summary>Operators that neither a built-in domain nor the file itself defines.</summary>
    public IEnumerable<OperatorName> Undefined(IReadOnlySet<string> domains) =>
        _distinct.Where(used => !domains.Contains(used.Domain) && !_uses.ContainsKey(used));

    /// <summary>Operators after every function has been written out, counted no further than <paramref name="atMost"/>.</summary>
    /// <exception cref="InvalidDataException">A function uses itself.</exception>
    public long CountExpanded(long atMost) => CountExpanded(Graph, atMost, [], []);

    private long CountExpanded(OperatorName function, long atMost, Dictionary<OperatorName, long> known, HashSet<OperatorName> open)
    {
        if (known.TryGetValue(function, out var count)) return count;
        if (!open.Add(function)) throw new InvalidDataException($"its function '{function.Name}' uses itself");
        if (open.Count > 100) throw new InvalidDataException("its functions use each other more than 100 deep");

        foreach (var (used, times) in _uses[function])
        {
            var each = _uses.ContainsKey(used) ? CountExpanded(used, atMost, known, open) : 1;
            count += Math.Min(times, atMost) * each;
            if (count >= atMost) return atMost;
        }

        open.Remove(function);
        return known[function] = count;
    }
}
