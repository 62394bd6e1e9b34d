namespace Platform.Client.Transport;

/// <summary>Paths with names that callers choose.</summary>
internal static class Paths
{
    public static string Model(string model, string? version = null) =>
        version is null ? $"models/{Uri.EscapeDataString(model)}" : $"models/{Uri.EscapeDataString(model)}/versions/{Uri.EscapeDataString(version)}";

    /// <summary>A query of those that have a value.</summary>
    public static string Query(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var given = new List<string>();
        foreach (var (name, value) in parameters)
            if (value is not null) given.Add($"{name}={Uri.EscapeDataString(value)}");
        return given.Count == 0 ? "" : "?" + string.Join('&', given);
    }
}
