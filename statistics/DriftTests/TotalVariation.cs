using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>Total variation distance between the shares, ½·Σ|r − c|: 0 to 1.</summary>
public sealed class TotalVariation : ShareDistance
{
    public override string Id => "total_variation";

    protected override double Term(double reference, double current) => Math.Abs(reference - current);

    protected override double Total(double sum) => sum / 2;

    protected override double ByChance(Contingency cells)
    {
        var sum = 0.0;
        foreach (var total in cells.Totals)
        {
            var share = total / (double)(cells.ReferenceTotal + cells.CurrentTotal);
            sum += Math.Sqrt(2 / Math.PI * share * (1 - share) * cells.Inverses);
        }

        return sum / 2;
    }
}
