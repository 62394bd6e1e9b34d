namespace Platform.Explainer.Anchors;

/// <summary>A rule under which the model nearly always decides as it does for the row.</summary>
internal sealed record Anchor
{
    /// <summary>What holds of the row; empty where it is always decided so.</summary>
    public IReadOnlyList<AnchorCondition> Conditions { get; init; } = [];

    /// <summary>The share of the rows drawn under the rule that are decided alike.</summary>
    public double Precision { get; init; }

    /// <summary>The least that it is, with the confidence asked for.</summary>
    public double PrecisionLow { get; init; }

    /// <summary>The most that it is, with the confidence asked for.</summary>
    public double PrecisionHigh { get; init; }

    /// <summary>How sure the bounds of all rules that were looked at are together.</summary>
    public double Confidence { get; init; }

    /// <summary>The share of the reference rows for which the rule holds.</summary>
    public double Coverage { get; init; }

    /// <summary>Rows drawn under the rule.</summary>
    public long Samples { get; init; }

    /// <summary>Whether it is as precise as was asked for: its least precision is no less.</summary>
    public bool IsReached { get; init; }
}
