using System.Text.RegularExpressions;

namespace Platform.TestKit.Observability;

/// <summary>Which metrics a PromQL expression names.</summary>
public static partial class Promql
{
    private static readonly HashSet<string> Words =
        ["by", "without", "on", "ignoring", "group_left", "group_right", "and", "or", "unless", "offset", "bool", "inf", "nan"];

    /// <summary>The names of the metrics, without those of Prometheus itself.</summary>
    public static IEnumerable<string> Metrics(string expression)
    {
        var bare = Grouping().Replace(Quoted().Replace(Braces().Replace(expression, ""), ""), "");
        return Identifier().Matches(Window().Replace(bare, "")).Select(match => match.Value)
            .Where(name => !Words.Contains(name.ToLowerInvariant()) && name is not ("up" or "ALERTS")).Distinct();
    }

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\[[^\]]*\]|(?<=offset )\w+|\b\d[\w.]*")]
    private static partial Regex Window();

    [GeneratedRegex(@"\b(?:by|without|on|ignoring)\s*\([^)]*\)")]
    private static partial Regex Grouping();

    // What is followed by a parenthesis is a function.
    [GeneratedRegex(@"\b[a-zA-Z_:][\w:]*\b(?!\s*\()")]
    private static partial Regex Identifier();
}
