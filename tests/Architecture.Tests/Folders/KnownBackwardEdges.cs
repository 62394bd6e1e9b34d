namespace Platform.Architecture.Tests.Folders;

/// <summary>References between folders that close a cycle and are not mended yet. The list is exact, so that it only becomes shorter.</summary>
internal static class KnownBackwardEdges
{
    private static readonly Dictionary<string, FolderEdge[]> ByProject = new()
    {
        ["services/registry"] =
        [
            new("Aliases", "Models"),
            new("Aliases", "Versions"),
            new("Gates", "Promotions"),
            new("History", "Gates"),
            new("History", "Models"),
            new("Models", "Gates"),
            new("Models", "Versions"),
            new("References", "Uploads"),
        ],
    };

    public static IEnumerable<string> Projects => ByProject.Keys;

    public static IReadOnlyList<FolderEdge> Of(string project) => ByProject.GetValueOrDefault(project, []);
}
