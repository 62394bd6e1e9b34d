namespace Platform.Contracts.Registry;

/// <summary>Where a version comes from.</summary>
public sealed record LineageDefinition
{
    /// <summary>The training dataset.</summary>
    public DatasetSource? Dataset { get; init; }

    /// <summary>The training code.</summary>
    public CodeSource? Code { get; init; }

    /// <summary>The training run's id.</summary>
    public string? Run { get; init; }
}
