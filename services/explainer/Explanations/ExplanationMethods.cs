using Platform.Explainer.Attribution;
using Platform.Explainer.Decisions;

namespace Platform.Explainer.Explanations;

/// <summary>Everything that can be asked for by name.</summary>
internal static class ExplanationMethods
{
    /// <summary>Those that divide a prediction among the features, <c>auto</c> first, and those that explain what was decided.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. AttributionMethods.Names, .. DecisionMethods.Names];
}
