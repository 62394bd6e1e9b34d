namespace Platform.Hosting.PredictionLog.Tables;

/// <summary>Names of columns, each once: those who query compare them without regard to case.</summary>
public sealed class ColumnNames
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name; where it is taken, the same behind a prefix, and a number if need be.</summary>
    public string Take(string name, string prefix)
    {
        if (name.Length > 0 && _taken.Add(name))
            return name;
        var other = $"{prefix}_{name}";
        for (var number = 2; !_taken.Add(other); number++)
            other = $"{prefix}_{name}_{number}";
        return other;
    }
}
