namespace Platform.Statistics.Metrics;

/// <summary>Which way a measure is better.</summary>
public static class MetricDirection
{
    private static readonly string[] SmallerIsBetter = ["log_loss", "brier", "mae", "rmse", "mape"];

    // How far off on the whole, how many rows count: neither is good or bad by being large.
    private static readonly string[] Neither = ["mean_error", "scores_out_of_range", "cbpe_expected_accuracy"];

    /// <summary>The measures of which one value is better than another, by name.</summary>
    public static IReadOnlyList<string> Comparable { get; } = [.. MetricSet.Names.Except(Neither)];

    /// <summary>How much better one value is than another; negative where it is worse.</summary>
    public static double Improvement(string metric, double value, double over) =>
        SmallerIsBetter.Contains(metric) ? over - value : value - over;
}
