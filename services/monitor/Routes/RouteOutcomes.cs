using Platform.Contracts.Monitor;
using Platform.Hosting.Documents;
using Platform.Monitor.State;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Routes;

/// <summary>
/// What came of the answers of each version and route, by the outcomes' names. It is stored with the rows that say which outcomes were counted, so
/// that none is counted twice or lost.
/// </summary>
internal sealed class RouteOutcomes : ILedgerPart
{
    private readonly Dictionary<VersionKey, Dictionary<(string Route, string Name), OutcomeCount>> _versions = [];
    private readonly HashSet<VersionKey> _changed = [];

    /// <summary>The outcomes of a version's route in the order of their names.</summary>
    public IReadOnlyList<OutcomeCount> Of(VersionKey version, string route) => _versions.TryGetValue(version, out var counts)
        ? [.. counts.Where(count => count.Key.Route == route).Select(count => count.Value).OrderBy(count => count.Name, StringComparer.Ordinal)]
        : [];

    /// <summary>The names under which outcomes of a model were counted.</summary>
    public IEnumerable<string> NamesOf(string model) => _versions.Where(version => version.Key.Model == model)
        .SelectMany(version => version.Value.Keys, (_, count) => count.Name).Distinct(StringComparer.Ordinal);

    /// <summary>Counts a row's only outcome of a name.</summary>
    public void Add(VersionKey version, string route, string name, double value)
    {
        if (!_versions.TryGetValue(version, out var counts))
            _versions[version] = counts = [];
        var before = counts.GetValueOrDefault((route, name)) ?? new OutcomeCount { Name = name };
        counts[(route, name)] = before with
        {
            Count = before.Count + 1,
            ZeroOrOne = before.ZeroOrOne + (value is 0 or 1 ? 1 : 0),
            Sum = before.Sum + value,
            SumOfSquares = before.SumOfSquares + value * value,
        };
        _changed.Add(version);
    }

    public async Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        await foreach (var document in documents.ReadAllAsync<RouteOutcomesDocument>(new(Collections.RouteOutcomes), cancellationToken))
        {
            _versions[new(document.Value.Model, document.Value.Version)] =
                document.Value.Counts.ToDictionary(count => (count.Route, count.Count.Name), count => count.Count);
        }
    }

    public void Flush(DocumentBatch batch)
    {
        foreach (var version in _changed)
        {
            var counts = _versions[version].Select(count => new RouteOutcomeCount(count.Key.Route, count.Value));
            batch.Put(Collections.RouteOutcomes, version.ToString(), new RouteOutcomesDocument(version.Model, version.Version, [.. counts]), expectedRevision: null);
        }

        _changed.Clear();
    }

    private sealed record RouteOutcomesDocument(string Model, string Version, IReadOnlyList<RouteOutcomeCount> Counts);

    private sealed record RouteOutcomeCount(string Route, OutcomeCount Count);
}
