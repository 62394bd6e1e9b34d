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
