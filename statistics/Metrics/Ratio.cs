namespace Platform.Statistics.Metrics;

public static class Ratio
{
    /// <summary>The quotient, or 0 where there is nothing to divide by.</summary>
    public static double OrZero(double numerator, double denominator) => denominator == 0 ? 0 : numerator / denominator;
}
