namespace Platform.Architecture.Tests.Folders;

/// <summary>Folders of a project and which of them refers to which, by what.</summary>
/// <param name="Edges">For each ordered pair of folders, the references that tie the first to the second.</param>
internal sealed record FolderGraph(IReadOnlyDictionary<FolderEdge, IReadOnlyList<string>> Edges)
{
    public static FolderGraph Of(IEnumerable<(FolderEdge Edge, string Reference)> references) => new(references
        .Where(reference => reference.Edge.From != reference.Edge.To)
        .GroupBy(reference => reference.Edge, reference => reference.Reference)
        .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Distinct().Order(StringComparer.Ordinal)]));

    /// <summary>The largest sets of two and more folders of which each leads to every other: strongly connected components.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Knots() =>
    [
        .. Edges.Keys.Select(edge => edge.From).Distinct().Select(Knot).Where(knot => knot.Count > 1).DistinctBy(knot => knot[0]),
    ];

    /// <summary>Each knot with the edges inside it, those that hang by the fewest references first.</summary>
    public IEnumerable<string> Describe() => Knots().Select(knot => string.Join('\n',
    [
        $"These {knot.Count} folders form a knot: {string.Join(", ", knot)}",
        .. Edges.Where(edge => knot.Contains(edge.Key.From) && knot.Contains(edge.Key.To))
            .OrderBy(edge => edge.Value.Count)
            .Select(edge => $"  {edge.Key}, by {edge.Value.Count}:\n{string.Join('\n', edge.Value.Select(reference => $"    {reference}"))}"),
    ]));

    private IReadOnlyList<string> Knot(string folder) =>
        [.. From(folder).Where(other => From(other).Contains(folder)).Order(StringComparer.Ordinal)];

    /// <summary>Folders to which a folder leads, over any number of edges.</summary>
    private HashSet<string> From(string folder)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var at))
            foreach (var edge in Edges.Keys.Where(edge => edge.From == at && found.Add(edge.To))) open.Push(edge.To);
        return found;
    }
}
