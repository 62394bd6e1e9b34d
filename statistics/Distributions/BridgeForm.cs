using MathNet.Numerics;

namespace Platform.Statistics.Distributions;

/// <summary>
/// The null distribution of a rank statistic Σ aₖ·Xₖ² under ties, where Xₖ are the points of a Brownian bridge at the tied values:
/// Cov(Xₖ, Xₗ) = uₖ·vₗ for k &lt; l. Its first three cumulants are the traces 2ᵏ⁻¹(k − 1)!·tr(ΛΣ)ᵏ, and a shifted gamma
/// distribution with the same three stands for it (Imhof 1961; Choulakian, Lockhart and Stephens 1994 for the discrete statistics).
/// One step per distinct value.
/// </summary>
public struct BridgeForm
{
    // Over all k < l: what the later one's weight and v are multiplied with.
    private double _pairs;
    private double _squaredPairs;
    private double _triples;

    private double _second;
    private double _third;

    /// <summary>The variance.</summary>
    public readonly double Variance => 2 * _second;

    /// <summary>The third cumulant in units of the standard deviation: √8 for two values, less for more; NaN for one.</summary>
    public readonly double Skewness => 8 * _third / Math.Pow(Variance, 1.5);

    /// <summary>Adds the next tied value.</summary>
    /// <param name="weight">aₖ.</param>
    /// <param name="u">The factor of a covariance with a later value.</param>
    /// <param name="v">The factor of a covariance with an earlier value.</param>
    /// <param name="variance">Of Xₖ.</param>
    public void Add(double weight, double u, double v, double variance)
    {
        var own = weight * variance;
        var later = weight * v * v;
        _second += own * own + 2 * later * _pairs;
        _third += own * own * own + 3 * later * (_squaredPairs + own * _pairs) + 6 * later * _triples;

        _triples += weight * u * v * _pairs;
        _squaredPairs += own * weight * u * u;
        _pairs += weight * u * u;
    }

    /// <summary>The probability of a value at least so many standard deviations above the mean; 1 where there is no spread.</summary>
    public readonly double Upper(double deviations)
    {
        if (!(_second > 0))
            return 1;

        var shape = 4 / (Skewness * Skewness);
        var x = shape + deviations * Math.Sqrt(shape);
        return x > 0 ? SpecialFunctions.GammaUpperRegularized(shape, x) : 1;
    }
}
