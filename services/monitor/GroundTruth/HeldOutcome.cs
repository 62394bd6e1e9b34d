namespace Platform.Monitor.GroundTruth;

/// <summary>A business outcome that waits for its prediction's window to close, or for the prediction itself.</summary>
/// <param name="Model">The model.</param>
/// <param name="Id">The prediction id, with the row where the request had several.</param>
/// <param name="Name">What came of it, as conversion or revenue.</param>
/// <param name="Value">How much of that.</param>
/// <param name="At">When it came about; of several that wait the earliest stands.</param>
/// <param name="ReceivedAt">When it came in here.</param>
internal sealed record HeldOutcome(string Model, string Id, string Name, double Value, DateTimeOffset At, DateTimeOffset ReceivedAt)
    : IHeldRow<HeldOutcome>
{
    string IHeldRow<HeldOutcome>.What => Name;

    static HeldOutcome IHeldRow<HeldOutcome>.Choose(HeldOutcome said, HeldOutcome now) => now.At < said.At ? now : said;
}
