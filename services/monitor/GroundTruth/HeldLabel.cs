namespace Platform.Monitor.GroundTruth;

/// <summary>A label that waits for its prediction's window to close, or for the prediction itself.</summary>
/// <param name="Model">The model.</param>
/// <param name="Id">The prediction id, with the row where the request had several.</param>
/// <param name="Label">The label as text.</param>
/// <param name="At">When it became known; of several the latest wins.</param>
/// <param name="ReceivedAt">When it came in here.</param>
internal sealed record HeldLabel(string Model, string Id, string Label, DateTimeOffset At, DateTimeOffset ReceivedAt) : IHeldRow<HeldLabel>
{
    string IHeldRow<HeldLabel>.What => Label;

    static HeldLabel IHeldRow<HeldLabel>.Choose(HeldLabel said, HeldLabel now) => said.At > now.At ? said : now;
}
