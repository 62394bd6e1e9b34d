namespace Platform.Registry.Comparisons;

/// <summary>The mean harm of both groups: shares, unless it says otherwise.</summary>
/// <param name="Champion">One group.</param>
/// <param name="Challenger">The other.</param>
/// <param name="Margin">By how much the challenger's may be larger.</param>
internal sealed record Harm(Estimate Champion, Estimate Challenger, double Margin)
{
    /// <summary>The least and the most that either group can have differ by so much; infinite where values are not bounded.</summary>
    public double Limit { get; init; } = 1;

    /// <summary>Below so many in either group the normal approximation says nothing.</summary>
    public int LeastCount { get; init; } = 20;

    /// <summary>A difference that nobody can overlook.</summary>
    public double Coarsest { get; init; } = 0.3;

    public double Difference => Challenger.Mean - Champion.Mean;

    /// <summary>The variance of the difference.</summary>
    public double Variance => Champion.Variance + Challenger.Variance;

    /// <summary>Whether there is enough to say anything.</summary>
    public bool IsKnown => Math.Min(Champion.Count, Challenger.Count) >= LeastCount && Variance > 0;
}
