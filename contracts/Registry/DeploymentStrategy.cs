namespace Platform.Contracts.Registry;

/// <summary>How traffic moves to a version.</summary>
public sealed record DeploymentStrategy
{
    /// <summary>immediate; readers treat a kind they do not know as immediate.</summary>
    public string Kind { get; init; } = "immediate";
}
