namespace Platform.Contracts.Registry;

/// <summary>
/// Sent by the registry whenever a promotion that takes its time changes how an alias's requests are divided: at its beginning, at each step and
/// at its end. Says when to look; <c>GET /v1/deployments</c> says what is true.
/// </summary>
public sealed record RolloutStepped : IEvent
{
    /// <summary>The promotion's id.</summary>
    public string PromotionId { get; init; } = "";

    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The alias.</summary>
    public string Alias { get; init; } = "";

    /// <summary>The version that is being promoted.</summary>
    public string Version { get; init; } = "";

    /// <summary>The step that has begun, counted from 1; 0 for a promotion without steps.</summary>
    public int Step { get; init; }

    /// <summary>running, paused, completed, rolled_back or cancelled.</summary>
    public string State { get; init; } = "";

    /// <summary>The share of requests that goes to the version from now on, 0 to 1.</summary>
    public double Weight { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who asked for it.</summary>
    public string By { get; init; } = "";

    /// <summary>Why; null where nothing was said.</summary>
    public string? Reason { get; init; }
}
