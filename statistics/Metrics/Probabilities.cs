namespace Platform.Statistics.Metrics;

/// <summary>Which scores are probabilities: those between 0 and 1, and those that rounding has put beside it.</summary>
public static class Probabilities
{
    // Forests add up their trees in single precision: ten or twenty that agree say 1.0000001, a thousand miss 1 by up to 0.0001.
    private const double Rounding = 1e-4;

    // A certain and wrong score would cost infinitely much; scikit-learn takes it for this much less than certain.
    private const double Certainty = 2.220446049250313e-16;

    /// <summary>Whether a score is a probability but for rounding; NaN is none.</summary>
    public static bool Includes(double score) => score is >= -Rounding and <= 1 + Rounding;

    /// <summary>How many of the scores are none.</summary>
    public static int CountOutside(ReadOnlySpan<double> scores)
    {
        var outside = 0;
        foreach (var score in scores)
            outside += Includes(score) ? 0 : 1;
        return outside;
    }

    /// <summary>Whether enough of the rows have probabilities to measure them as such: where more have none, the scores are something else.</summary>
    public static bool Speak(int outside, int rows) => 2 * outside <= rows && outside < rows;

    /// <summary>The probability that a score stands for, 0 to 1.</summary>
    public static double Of(double score) => Math.Clamp(score, 0, 1);

    /// <summary>The same, less than certain either way: its logarithm is finite.</summary>
    public static double Uncertain(double score) => Math.Clamp(score, Certainty, 1 - Certainty);
}
