using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Registry.MLflow.Protocol;

/// <summary>What MLflow takes as the name of a metric, a parameter or a tag, and as its value (mlflow/utils/validation.py of MLflow 3.10).</summary>
internal static partial class EntityNames
{
    public const int MaxKeyLength = 250;

    private const string BadCharacters =
        "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).";

    /// <summary>Refuses a key that is no name. <paramref name="path"/> is where it stands in the request.</summary>
    public static string Check(string? key, string path)
    {
        if (key is null) throw MLflowException.Invalid($"Missing value for required parameter '{path}'.");
        if (!Allowed().IsMatch(key)) throw Wrong(path, key, BadCharacters);
        if (Normalise(key) is var other && (other != key || other == "." || other.StartsWith("..", StringComparison.Ordinal) || other.StartsWith('/')))
            throw Wrong(path, key, "Names may be treated as files in certain cases, and must not resolve to other names when treated as such. "
                + $"This name would resolve to '{other}'");
        return key;
    }

    /// <summary>Refuses a text that is longer than <paramref name="limit"/> characters.</summary>
    public static string CheckLength(string text, int limit, string what) =>
        LengthOf(text) <= limit ? text : throw MLflowException.Invalid($"'{what}' exceeds the maximum length of {limit} characters");

    /// <summary>Cuts a text off, as MLflow's server does unless it is told otherwise (MLFLOW_TRUNCATE_LONG_VALUES).</summary>
    public static string Truncate(string text, int limit) =>
        LengthOf(text) <= limit ? text : string.Concat(text.EnumerateRunes().Take(limit).Select(rune => rune.ToString()));

    public static MLflowException Wrong(string path, string value, string reason) =>
        MLflowException.Invalid($"Invalid value {JsonSerializer.Serialize(value, MLflowJson.Options)} for parameter '{path}' supplied: {reason}");

    // Python counts code points.
    private static int LengthOf(string text) => text.Length <= MaxKeyLength ? text.Length : text.EnumerateRunes().Count();

    /// <summary>The path that the name is, as POSIX would walk it.</summary>
    public static string Normalise(string name)
    {
        if (name.Length == 0) return ".";
        var isRooted = name.StartsWith('/');
        var parts = new List<string>();
        foreach (var part in name.Split('/'))
            if (part is "" or ".") continue;
            else if (part == ".." && (parts.Count > 0 ? parts[^1] != ".." : isRooted)) parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            else parts.Add(part);
        var path = (isRooted ? "/" : "") + string.Join('/', parts);
        return path.Length == 0 ? "." : path;
    }

    [GeneratedRegex(@"^[/\w.\- :]*\z")]
    private static partial Regex Allowed();
}
