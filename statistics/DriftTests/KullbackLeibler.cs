using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>Kullback-Leibler divergence of the current shares from the reference shares, Σ c·ln(c/r), in nats.</summary>
public sealed class KullbackLeibler : ShareDistance
{
    public override string Id => "kl";

    protected override double Term(double reference, double current) => current * Math.Log(current / reference);

    // Equal shares can end a rounding error below zero.
    protected override double Total(double sum) => Math.Max(0, sum);

    protected override double ByChance(Contingency cells) => cells.SquaredGapByChance / 2;
}
