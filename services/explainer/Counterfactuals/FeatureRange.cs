namespace Platform.Explainer.Counterfactuals;

/// <summary>Between which numbers a feature may be changed.</summary>
internal sealed record FeatureRange
{
    /// <summary>The feature's name.</summary>
    public required string Feature { get; init; }

    /// <summary>The least number; absent: that of the reference rows.</summary>
    public double? From { get; init; }

    /// <summary>The largest number; absent: that of the reference rows.</summary>
    public double? To { get; init; }
}
