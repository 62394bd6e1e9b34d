using Platform.Monitor.Intake;
using Platform.Monitor.Records;

namespace Platform.Monitor.Routes;

/// <summary>Tallies by route.</summary>
internal sealed class RouteTallies
{
    /// <summary>Aliases are named by people, and each is a route: what comes beyond so many is counted together.</summary>
    private const int MostRoutes = 32;

    private const string Others = "";

    private readonly SortedDictionary<string, RouteTally> _tallies = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, RouteTally> ByRoute => _tallies;

    public void Add(LoggedPrediction prediction) => Of(prediction.Route).Add(prediction);

    public void Add(RouteTallies other)
    {
        foreach (var (route, tally) in other._tallies)
            Of(route).Add(tally);
    }

    public List<RouteTallyDocument>? ToDocuments() => _tallies.Count == 0 ? null : [.. _tallies.Select(tally => tally.Value.ToDocument(tally.Key))];

    public static RouteTallies Of(IReadOnlyList<RouteTallyDocument>? documents)
    {
        var tallies = new RouteTallies();
        foreach (var document in documents ?? [])
            tallies._tallies[document.Route] = RouteTally.Of(document);
        return tallies;
    }

    private RouteTally Of(string route)
    {
        if (_tallies.TryGetValue(route, out var tally))
            return tally;
        if (_tallies.Count >= MostRoutes && route != Others)
            return Of(Others);
        return _tallies[route] = new();
    }
}
