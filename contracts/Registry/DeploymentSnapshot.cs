namespace Platform.Contracts.Registry;

/// <summary>
/// The answer of <c>GET /v1/deployments</c>: every alias that serves, at one point of the event sequence; or a page of them, where
/// <c>limit</c> or <c>after</c> was asked for.
/// </summary>
public sealed record DeploymentSnapshot
{
    /// <summary>Sequence number of the last event that the snapshot includes.</summary>
    public long Sequence { get; init; }

    /// <summary>The deployments, by model and alias.</summary>
    public IReadOnlyList<Deployment> Items { get; init; } = [];

    /// <summary>What to pass as <c>after</c> for the next page; null on the last, and where no page was asked for.</summary>
    public string? Next { get; init; }
}
