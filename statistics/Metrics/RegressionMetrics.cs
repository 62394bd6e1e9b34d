using Platform.Statistics.Samples;

namespace Platform.Statistics.Metrics;

/// <summary>Measures of a model that predicts a number, as scikit-learn defines them; all NaN without rows.</summary>
public static class RegressionMetrics
{
    // A label of zero would make the percentage infinite; scikit-learn divides by this instead.
    private const double SmallestLabel = 2.220446049250313e-16;

    /// <summary>
    /// Mean absolute error, root mean squared error, mean absolute percentage error (as a fraction), R² and mean error
    /// (prediction less label). R² of constant labels is 1 where every prediction is right, else 0.
    /// </summary>
    /// <remarks>Errors are differences of whole numbers to their last digit.</remarks>
    public static MetricSet Measure(ExactNumber[] labels, ExactNumber[] predictions)
    {
        var (absolute, squared, percentage, signed) = (0.0, 0.0, 0.0, 0.0);
        for (var row = 0; row < labels.Length; row++)
        {
            var error = predictions[row].Less(labels[row]);
            absolute += Math.Abs(error);
            squared += error * error;
            percentage += Math.Abs(error) / Math.Max(Math.Abs(labels[row].High), SmallestLabel);
            signed += error;
        }

        double rows = labels.Length;
        return new()
        {
            ["mae"] = absolute / rows,
            ["rmse"] = Math.Sqrt(squared / rows),
            ["mape"] = percentage / rows,
            ["r2"] = RSquared(labels, squared),
            ["mean_error"] = signed / rows,
        };
    }

    private static double RSquared(ExactNumber[] labels, double squared)
    {
        if (labels.Length < 2)
            return double.NaN;

        var total = Moments.Of(labels).SumOfSquares;
        if (total == 0)
            return squared == 0 ? 1 : 0;
        return 1 - squared / total;
    }
}
