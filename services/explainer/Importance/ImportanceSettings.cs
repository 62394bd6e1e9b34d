namespace Platform.Explainer.Importance;

/// <summary>What a caller may choose about a measurement.</summary>
/// <param name="PerLabel">Whether each label (or output) is measured for itself.</param>
/// <param name="Repeats">How often each feature is mixed up anew.</param>
/// <param name="Seed">Decides every random choice; the same seed gives the same bytes.</param>
/// <param name="Budget">The most rows that the model answers for one explained row; null for the default.</param>
internal sealed record ImportanceSettings(bool PerLabel, int Repeats, long Seed, long? Budget);
