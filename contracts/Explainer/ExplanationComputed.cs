namespace Platform.Contracts.Explainer;

/// <summary>Sent by the explainer once an explanation can be read at <c>GET /v1/explanations/{id}</c>.</summary>
public sealed record ExplanationComputed : IEvent
{
    /// <summary>The explanation's id.</summary>
    public string ExplanationId { get; init; } = "";

    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>The method that was used.</summary>
    public string Method { get; init; } = "";

    /// <summary>The explained prediction; null when inputs were given.</summary>
    public string? PredictionId { get; init; }

    /// <summary>When it was finished (UTC).</summary>
    public DateTimeOffset At { get; init; }
}
