namespace Platform.Explainer.Wording;

/// <summary>One feature that is changed.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="From">Its value as it reads; empty where it is missing.</param>
/// <param name="To">What it is changed to.</param>
/// <param name="Direction">1 for more, −1 for less, 0 where that has no meaning.</param>
internal sealed record Change(string Feature, string From, string To, int Direction);
