namespace Platform.Statistics.PairedTests;

/// <summary>How one model does beside another on the same rows.</summary>
/// <param name="Test">mcnemar_score, delong or paired_bootstrap.</param>
/// <param name="Difference">How much better the first is; negative where it is worse.</param>
/// <param name="LowerBound">It is better by at least this, with the confidence that was asked for.</param>
/// <param name="PValue">Of being worse by the margin or more: one-sided, small where it is shown that it is not.</param>
public sealed record PairedComparison(string Test, double Difference, double LowerBound, double PValue)
{
    /// <summary>Whether it is shown, with this confidence, that the first is not worse by the margin.</summary>
    public bool IsShown(double confidence) => PValue < 1 - confidence;
}
