namespace Platform.Monitor.Feedback;

/// <summary>Who has given a label beside feedback.</summary>
/// <param name="Id">The feedback's id.</param>
/// <param name="At">The label's time.</param>
/// <param name="By">Who.</param>
/// <param name="Source">One of <see cref="LabelSource"/>.</param>
internal sealed record SaidLabel(string Id, DateTimeOffset At, string By, string Source);
