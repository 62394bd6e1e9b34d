namespace Platform.Monitor.Analyses;

/// <summary>true and false beside 1 and 0 are the same two classes in two notations.</summary>
internal static class TruthValues
{
    /// <summary>Writes true and false as 1 and 0 where labels and predictions hold both notations and nothing else.</summary>
    public static void Unify(string?[] labels, string?[] predictions)
    {
        var seen = labels.Concat(predictions).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (!(seen.Contains("true") || seen.Contains("false")) || !seen.IsSubsetOf(["0", "1", "true", "false"]))
            return;
        if (!seen.Contains("0") && !seen.Contains("1"))
            return;

        Rewrite(labels);
        Rewrite(predictions);
    }

    /// <summary>1 for true, 0 for false, anything else as it is.</summary>
    public static string? AsNumber(string? value) => value switch { "true" => "1", "false" => "0", _ => value };

    private static void Rewrite(string?[] values)
    {
        for (var row = 0; row < values.Length; row++)
            values[row] = AsNumber(values[row]);
    }
}
