using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>Hellinger distance between the shares, √(1 − Σ√(r·c)) = √(½·Σ(√r − √c)²): 0 to 1.</summary>
public sealed class Hellinger : ShareDistance
{
    public override string Id => "hellinger";

    protected override double Term(double reference, double current) => Math.Pow(Math.Sqrt(reference) - Math.Sqrt(current), 2);

    protected override double Total(double sum) => Math.Sqrt(sum / 2);

    protected override double ByChance(Contingency cells) => Math.Sqrt(cells.SquaredGapByChance / 8);
}
