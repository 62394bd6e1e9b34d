namespace Platform.Explainer.Wording;

/// <summary>One way to another answer.</summary>
/// <param name="Then">What is answered then.</param>
/// <param name="Distance">How far it is.</param>
/// <param name="Changes">What is to be changed.</param>
internal sealed record Way(Outcome Then, double Distance, IReadOnlyList<Change> Changes);
