using Platform.Hosting.Documents;
using Platform.Monitor.State;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Routes;

/// <summary>
/// How many labelled rows of each version and route were answered with their label. They are stored with the labels, so that none is counted twice
/// or lost.
/// </summary>
internal sealed class RouteLabels : ILedgerPart
{
    private readonly Dictionary<VersionKey, SortedDictionary<string, (long Labelled, long Correct)>> _versions = [];
    private readonly HashSet<VersionKey> _changed = [];

    public (long Labelled, long Correct) Of(VersionKey version, string route) =>
        _versions.TryGetValue(version, out var routes) ? routes.GetValueOrDefault(route) : default;

    /// <summary>Counts a row's first label.</summary>
    public void Add(VersionKey version, string route, bool correct)
    {
        if (!_versions.TryGetValue(version, out var routes))
            _versions[version] = routes = new(StringComparer.Ordinal);
        var (labelled, right) = routes.GetValueOrDefault(route);
        routes[route] = (labelled + 1, right + (correct ? 1 : 0));
        _changed.Add(version);
    }

    public async Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        await foreach (var document in documents.ReadAllAsync<RouteLabelsDocument>(new(Collections.RouteLabels), cancellationToken))
        {
            _versions[new(document.Value.Model, document.Value.Version)] = new(
                document.Value.Routes.ToDictionary(route => route.Route, route => (route.Labelled, route.Correct)), StringComparer.Ordinal);
        }
    }

    public void Flush(DocumentBatch batch)
    {
        foreach (var version in _changed)
        {
            var routes = _versions[version].Select(route => new RouteLabelCount(route.Key, route.Value.Labelled, route.Value.Correct));
            batch.Put(Collections.RouteLabels, version.ToString(), new RouteLabelsDocument(version.Model, version.Version, [.. routes]), expectedRevision: null);
        }

        _changed.Clear();
    }

    private sealed record RouteLabelsDocument(string Model, string Version, IReadOnlyList<RouteLabelCount> Routes);

    private sealed record RouteLabelCount(string Route, long Labelled, long Correct);
}
