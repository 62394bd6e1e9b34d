namespace Platform.Contracts.Registry;

/// <summary>One alias that serves.</summary>
public sealed record Deployment
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The alias.</summary>
    public string Alias { get; init; } = "";

    /// <summary>The version it names.</summary>
    public string Version { get; init; } = "";

    /// <summary>SHA-256 of the version's file, lower-case hex.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>How traffic moves to the version.</summary>
    public DeploymentStrategy Strategy { get; init; } = new();

    /// <summary>
    /// The versions among which the alias's requests are divided: the one that it names as champion, and whatever is compared with it. Where it is
    /// empty, all requests go to <see cref="Version"/>.
    /// </summary>
    public IReadOnlyList<DeploymentShare> Split { get; init; } = [];

    /// <summary>When the alias came to name the version (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The version in full, so that a reader needs no second call.</summary>
    public ModelVersionDescription Description { get; init; } = new();
}
