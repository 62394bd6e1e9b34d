namespace Platform.Explainer.Wording;

/// <summary>What the model answers, and what that is taken for.</summary>
/// <param name="Class">The class; null where the number is all there is.</param>
/// <param name="Output">The name of the number.</param>
/// <param name="Number">The number that tells most of it.</param>
internal sealed record Outcome(string? Class, string Output, double Number);
