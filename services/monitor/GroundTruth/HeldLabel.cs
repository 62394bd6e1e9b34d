using System.Text.Json.Serialization;

namespace Platform.Monitor.GroundTruth;

/// <summary>A label that waits for its prediction's window to close, or for the prediction itself.</summary>
/// <param name="Model">The model.</param>
/// <param name="Id">The prediction id, with the row where the request had several.</param>
/// <param name="Label">The label as text.</param>
/// <param name="At">When it became known; of several the latest wins.</param>
/// <param name="ReceivedAt">When it came in here.</param>
internal sealed record HeldLabel(string Model, string Id, string Label, DateTimeOffset At, DateTimeOffset ReceivedAt) : IHeldRow<HeldLabel>
{
    /// <summary>Which way it came; null of one that was stored before that was kept.</summary>
    public LabelOrigin? Origin { get; init; }

    [JsonIgnore]
    public KnownLabel Known => new(Label, At) { Origin = Origin };

    string IHeldRow<HeldLabel>.What => Label;

    static HeldLabel IHeldRow<HeldLabel>.Choose(HeldLabel said, HeldLabel now) => said.At > now.At ? said : now;
}
