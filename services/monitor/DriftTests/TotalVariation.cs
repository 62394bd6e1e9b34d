namespace Platform.Monitor.DriftTests;

/// <summary>Total variation distance between the shares, ½·Σ|r − c|: 0 to 1.</summary>
internal sealed class TotalVariation : ShareDistance
{
    public override string Id => "total_variation";

    protected override double Term(double reference, double current) => Math.Abs(reference - current);

    protected override double Total(double sum) => sum / 2;
}
