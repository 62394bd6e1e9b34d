using System.Text.RegularExpressions;

namespace Platform.TestKit.Api;

/// <summary>docs/mlflow.md, which lists MLflow's routes: the description of the API leaves them out.</summary>
public static partial class MLflowPage
{
    /// <summary>The routes, with the names of what varies in braces.</summary>
    public static IReadOnlyList<(string Method, string Path)> Routes { get; } =
    [
        .. Row().Matches(File.ReadAllText(Repository.PathOf("docs", "mlflow.md"))).Select(row => (row.Groups["method"].Value, row.Groups["path"].Value)),
    ];

    [GeneratedRegex(@"^\| (?<method>[A-Z]+) \| `(?<path>/[^`]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
