namespace Platform.Contracts.Explainer;

/// <summary>Sent by the explainer when an explanation that was asked for with mode async has ended without a result, cancelled ones included: one for each.</summary>
public sealed record ExplanationFailed : IEvent
{
    /// <summary>The explanation's id.</summary>
    public string ExplanationId { get; init; } = "";

    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>A stable code, as in problem details; <c>explainer.explanation_cancelled</c> for a cancelled one.</summary>
    public string Code { get; init; } = "";

    /// <summary>Why, for a person.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When it ended (UTC).</summary>
    public DateTimeOffset At { get; init; }
}
