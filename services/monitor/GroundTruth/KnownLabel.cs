namespace Platform.Monitor.GroundTruth;

/// <summary>A row's label.</summary>
/// <param name="Label">The label as text.</param>
/// <param name="At">When it became known.</param>
internal sealed record KnownLabel(string Label, DateTimeOffset At)
{
    /// <summary>Which way it came; null of one that was stored before that was kept.</summary>
    public LabelOrigin? Origin { get; init; }
}
