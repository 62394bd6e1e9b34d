using Platform.Monitor.Baselines;
using Platform.Monitor.Features;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Quality;

/// <summary>Looks for missing values, numbers out of range and categories never seen.</summary>
internal static class QualityCheck
{
    // What chance alone makes of one window of a thousand, whatever the number of features, is nothing wrong.
    private const double Level = 0.001;

    public static QualityReport Run(IReadOnlyList<FeatureBaseline> baselines, IReadOnlyList<FeatureValues> values)
    {
        var level = Level / Math.Max(1, baselines.Count);
        var features = baselines.Select((baseline, at) => Check(baseline, values[at], level)).ToArray();
        return new(features.Max(feature => feature.Share), features);
    }

    private static FeatureQuality Check(FeatureBaseline baseline, FeatureValues values, double level)
    {
        var (missing, outOfRange) = CheckNumbers(baseline, values);
        var (lacking, unseen) = CheckCategories(baseline, values);
        return new()
        {
            Name = baseline.Feature.Name,
            Observed = values.Count,
            Missing = missing + lacking,
            OutOfRange = outOfRange,
            UnseenCategory = unseen,
            Share = Share(baseline, level, values.Count, missing + lacking, outOfRange, unseen),
        };
    }

    private static (int Missing, int OutOfRange) CheckNumbers(FeatureBaseline baseline, FeatureValues values)
    {
        var (missing, outOfRange) = (0, 0);
        var (least, most) = baseline.Numbers is { Count: > 0 } known
            ? (known[0], known[known.Count - 1])
            : ((ExactNumber)double.NegativeInfinity, (ExactNumber)double.PositiveInfinity);
        for (var at = 0; at < values.Numbers.Length; at++)
        {
            var value = values.Exact(at);
            if (!value.IsFinite)
                missing++;
            else if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
                outOfRange++;
        }

        return (missing, outOfRange);
    }

    private static (int Missing, int Unseen) CheckCategories(FeatureBaseline baseline, FeatureValues values)
    {
        var (missing, unseen) = (0, 0);
        foreach (var category in values.Categories)
        {
            if (category is null)
                missing++;
            else if (!baseline.Knows(category))
                unseen++;
        }

        return (missing, unseen);
    }

    private static double? Share(FeatureBaseline baseline, double level, int observed, int missing, int outOfRange, int unseen) => observed == 0
        ? null
        : ChanceOf.Missing(baseline).Excess(missing, observed, level)
            + ChanceOf.OutOfRange(baseline).Excess(outOfRange, observed, level)
            + ChanceOf.Unseen(baseline).Excess(unseen, observed, level);
}
