namespace Platform.Contracts.Registry;

/// <summary>One thing that a key allows, everywhere or within bounds.</summary>
public sealed record PermissionGrant
{
    /// <summary>observe, infer, label, explain, register, promote or manage.</summary>
    public string Permission { get; init; } = "";

    /// <summary>The models for which it is granted; every model when absent.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>Of promote, the aliases that may be moved; every alias when absent.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }
}
