using Platform.Monitor.Baselines;
using Platform.Monitor.Features;

namespace Platform.Monitor.Quality;

/// <summary>Looks for missing values, numbers out of range and categories never seen.</summary>
internal static class QualityCheck
{
    public static QualityReport Run(IReadOnlyList<FeatureBaseline> baselines, IReadOnlyList<FeatureValues> values)
    {
        var features = baselines.Select((baseline, at) => Check(baseline, values[at])).ToArray();
        return new(features.Select(feature => feature.Share).DefaultIfEmpty().Max(), features);
    }

    private static FeatureQuality Check(FeatureBaseline baseline, FeatureValues values)
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
            Share = Share(baseline, values.Count, missing + lacking, outOfRange, unseen),
        };
    }

    private static (int Missing, int OutOfRange) CheckNumbers(FeatureBaseline baseline, FeatureValues values)
    {
        var (missing, outOfRange) = (0, 0);
        var (least, most) = baseline.Numbers is { Count: > 0 } known
            ? (known.Sorted[0], known.Sorted[^1])
            : (double.NegativeInfinity, double.PositiveInfinity);
        foreach (var value in values.Numbers)
        {
            if (!double.IsFinite(value))
                missing++;
            else if (value < least || value > most)
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

    // Of n + 1 values from one source the newest is the smallest or the largest with probability 2/(n + 1): that much lies
    // out of the range of n reference values by chance.
    private static double Share(FeatureBaseline baseline, int observed, int missing, int outOfRange, int unseen)
    {
        if (observed == 0)
            return 0;

        var byChance = baseline.Numbers is { Count: > 0 } known ? 2.0 / (known.Count + 1) : 0;
        var tooManyOutOfRange = Math.Max(0, outOfRange / (double)observed - byChance);
        var tooManyMissing = Math.Max(0, missing / (double)observed - baseline.MissingShare);
        return tooManyOutOfRange + tooManyMissing + unseen / (double)observed;
    }
}
