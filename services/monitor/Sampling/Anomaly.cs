using Platform.Hosting.Values;
using Platform.Monitor.Baselines;
using Platform.Monitor.Features;

namespace Platform.Monitor.Sampling;

/// <summary>What of a row is unlike every row of the reference.</summary>
internal static class Anomaly
{
    /// <summary>How far beyond the reference's range a number is unlike it, as a share of the range.</summary>
    private const double Beyond = 0.1;

    /// <summary>The first feature that is unlike the reference, in a sentence; null where none is, or there is no reference.</summary>
    public static string? Of(IReadOnlyList<FeatureBaseline> reference, IReadOnlyList<FeatureValues> row) =>
        reference.Zip(row).Where(pair => pair.First.Rows > 0).Select(pair => Of(pair.First, pair.Second)).FirstOrDefault(anomaly => anomaly is not null);

    private static string? Of(FeatureBaseline reference, FeatureValues value)
    {
        if (reference.Numbers is null)
        {
            return value.Categories is [{ } category] && !reference.Knows(category)
                ? $"{reference.Feature.Name} is '{category}', which the reference does not have."
                : null;
        }

        if (value.Numbers is not [var number] || !double.IsFinite(number) || reference.Numbers.Sorted is not [var least, .., var most])
            return null;
        var width = (most - least) * Beyond;
        return number < least - width || number > most + width
            ? $"{reference.Feature.Name} is {ScalarText.Of(number)}; the reference has {ScalarText.Of(least)} to {ScalarText.Of(most)}."
            : null;
    }
}
