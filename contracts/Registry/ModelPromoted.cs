namespace Platform.Contracts.Registry;

/// <summary>
/// Sent by the registry after a version passed its gates and an alias moved to it.
/// Says when to look; <c>GET /v1/deployments</c> says what is true.
/// </summary>
public sealed record ModelPromoted : IEvent
{
    /// <summary>The promotion's id, as in the model's history.</summary>
    public string PromotionId { get; init; } = "";

    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The alias that moved, for example "champion".</summary>
    public string Alias { get; init; } = "";

    /// <summary>The version that the alias now names.</summary>
    public string Version { get; init; } = "";

    /// <summary>The version that it named before; null when the alias is new.</summary>
    public string? PreviousVersion { get; init; }

    /// <summary>SHA-256 of the promoted version's file, lower-case hex.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>When the alias moved (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who promoted it.</summary>
    public string By { get; init; } = "";

    /// <summary>Why, in the caller's words; null when none was given.</summary>
    public string? Reason { get; init; }
}
