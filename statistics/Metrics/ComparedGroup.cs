namespace Platform.Statistics.Metrics;

/// <summary>How decisions fall on one group of several. Every measure that the data leave undefined is NaN.</summary>
/// <param name="Name">The group.</param>
/// <param name="Tally">Its rows.</param>
/// <param name="Role">What becomes of it in the comparison.</param>
public sealed record ComparedGroup(string Name, GroupTally Tally, GroupRole Role)
{
    /// <summary>Its rate of favourable decisions over that of the reference group.</summary>
    public double DisparateImpact { get; init; } = double.NaN;

    /// <summary>Its rate less that of the reference group.</summary>
    public double Difference { get; init; } = double.NaN;

    /// <summary>Of the difference, two-sided.</summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>fisher_exact or z; null without a p-value.</summary>
    public string? PValueTest { get; init; }

    /// <summary>The p-value, allowing for all comparisons.</summary>
    public double AdjustedPValue { get; init; } = double.NaN;

    /// <summary>Its true positive rate less that of the reference group.</summary>
    public double EqualOpportunityDifference { get; init; } = double.NaN;

    /// <summary>The mean of that and the same of the false positive rates.</summary>
    public double AverageOddsDifference { get; init; } = double.NaN;

    /// <summary>Whether it gets less than four fifths of the reference group's rate by more than chance; null where that is not known.</summary>
    public bool? IsUnfair { get; init; }
}
