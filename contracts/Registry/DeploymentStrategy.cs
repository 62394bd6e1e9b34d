namespace Platform.Contracts.Registry;

/// <summary>How traffic moves to a version.</summary>
public sealed record DeploymentStrategy
{
    /// <summary>immediate, shadow, ab, blue_green or canary; how requests are divided stands in <see cref="Deployment.Split"/>.</summary>
    public string Kind { get; init; } = "immediate";
}
