namespace Platform.Contracts.Registry;

/// <summary>A code state.</summary>
public sealed record CodeSource
{
    /// <summary>The repository.</summary>
    public string? Repository { get; init; }

    /// <summary>The commit.</summary>
    public string? Commit { get; init; }
}
