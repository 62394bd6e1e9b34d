namespace Platform.Explainer.Importance;

/// <summary>The methods that can be asked for by name.</summary>
internal static class ImportanceMethods
{
    private static readonly IImportanceMethod[] All = [new PermutationImportance(), new ShapleyImportance()];

    /// <summary>Every name a request may use, the one first that stands where none is named.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(method => method.Name)];

    /// <summary>The method of that name; null where there is none.</summary>
    public static IImportanceMethod? Find(string? name) => name is null ? All[0] : Array.Find(All, method => method.Name == name);
}
