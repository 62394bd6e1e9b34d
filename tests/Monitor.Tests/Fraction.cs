using System.Numerics;
using Platform.Statistics.DriftTests;

namespace Platform.Monitor.Tests;

/// <summary>A ratio of whole numbers of any length: sums of doubles without rounding.</summary>
internal readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
{
    public static readonly Fraction Zero = new(0, 1);

    /// <summary>The number that a double is.</summary>
    public static Fraction Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        var scale = Math.Max(exponent, 1) - 1075;
        var signed = new BigInteger(bits < 0 ? -mantissa : mantissa);
        return scale < 0 ? new(signed, BigInteger.Pow(2, -scale)) : new(signed * BigInteger.Pow(2, scale), 1);
    }

    public static Fraction operator +(Fraction a, Fraction b) =>
        Reduced(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Fraction operator -(Fraction a, Fraction b) => a + new Fraction(-b.Numerator, b.Denominator);

    public static Fraction operator *(Fraction a, Fraction b) => Reduced(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Fraction operator /(Fraction a, int b) => Reduced(a.Numerator, a.Denominator * b);

    /// <summary>The mean, and the variance with divisor n − 1.</summary>
    public static (Fraction Mean, Fraction Variance) MeanAndVariance(double[] values)
    {
        var mean = values.Aggregate(Zero, (sum, value) => sum + Of(value)) / values.Length;
        var squares = values.Aggregate(Zero, (sum, value) => sum + (Of(value) - mean) * (Of(value) - mean));
        return (mean, squares / (values.Length - 1));
    }

    /// <summary>(mean − mean)/√(variance/n + variance/m), exact up to the root.</summary>
    public static double WelchT(double[] reference, double[] current)
    {
        var (one, other) = (MeanAndVariance(reference), MeanAndVariance(current));
        var squaredError = one.Variance / reference.Length + other.Variance / current.Length;
        return (one.Mean - other.Mean).ToDouble() / Math.Sqrt(squaredError.ToDouble());
    }

    /// <summary>The nearest double, but for its last digit.</summary>
    public double ToDouble()
    {
        var shift = (int)(Denominator.GetBitLength() - BigInteger.Abs(Numerator).GetBitLength()) + 64;
        var quotient = shift >= 0 ? (Numerator << shift) / Denominator : Numerator / (Denominator << -shift);
        return Math.ScaleB((double)quotient, -shift);
    }

    private static Fraction Reduced(BigInteger numerator, BigInteger denominator)
    {
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return new(numerator / common, denominator / common);
    }
}
