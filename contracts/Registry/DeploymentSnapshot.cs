namespace Platform.Contracts.Registry;

/// <summary>The answer of <c>GET /v1/deployments</c>: every alias that serves, at one point of the event sequence.</summary>
public sealed record DeploymentSnapshot
{
    /// <summary>Sequence number of the last event that the snapshot includes.</summary>
    public long Sequence { get; init; }

    /// <summary>The deployments, by model and alias.</summary>
    public IReadOnlyList<Deployment> Items { get; init; } = [];

    /// <summary>Always null: the snapshot has one page.</summary>
    public string? Next { get; init; }
}

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

    /// <summary>When the alias came to name the version (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The version in full, so that a reader needs no second call.</summary>
    public ModelVersionDescription Description { get; init; } = new();
}

/// <summary>How traffic moves to a version.</summary>
public sealed record DeploymentStrategy
{
    /// <summary>immediate; readers treat a kind they do not know as immediate.</summary>
    public string Kind { get; init; } = "immediate";
}
