namespace Platform.Explainer.Decisions;

/// <summary>The methods that explain what was decided: what would change it, or what fixes it. They divide nothing among the features.</summary>
internal static class DecisionMethods
{
    /// <summary>The nearest rows that are decided otherwise.</summary>
    public const string Counterfactual = "counterfactual";

    /// <summary>A rule under which it is nearly always decided so.</summary>
    public const string Anchors = "anchors";

    public static IReadOnlyList<string> Names { get; } = [Anchors, Counterfactual];
}
