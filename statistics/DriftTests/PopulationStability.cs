using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>Population stability index over the bins or categories, Σ (c − r)·ln(c/r): 0 for equal shares, no upper bound.</summary>
public sealed class PopulationStability : ShareDistance
{
    public override string Id => "psi";

    protected override double Term(double reference, double current) => (current - reference) * Math.Log(current / reference);

    protected override double ByChance(Contingency cells) => cells.SquaredGapByChance;
}
