using Platform.Statistics.Samples;

namespace Platform.Monitor.Drift;

/// <summary>Whether a window differs from the reference.</summary>
/// <param name="Drifted">Whether any feature does; null where none can be judged.</param>
/// <param name="DriftedFeatures">How many do; null where none can be judged.</param>
/// <param name="DriftedShare">Their share of the features that can be judged; null without one.</param>
/// <param name="Features">Feature for feature.</param>
internal sealed record DriftReport(bool? Drifted, int? DriftedFeatures, double? DriftedShare, IReadOnlyList<FeatureDrift> Features)
{
    /// <summary>How testing several features at once was allowed for; null in windows from before it was noted.</summary>
    public MultipleTesting? Correction { get; init; }

    public static DriftReport Of(IReadOnlyList<FeatureDrift> features, DriftSettings settings)
    {
        var correction = MultipleTesting.Of(features, settings);
        if (DriftJudge.DriftedShare(features) is not { } share)
            return new(null, null, null, features) { Correction = correction };

        var drifted = features.Count(feature => feature.Drifted == true);
        return new(drifted > 0, drifted, share, features) { Correction = correction };
    }

    /// <summary>The names of the features that drifted, the largest effect first.</summary>
    public IReadOnlyList<string> Strongest() =>
    [
        .. Features.Where(feature => feature.Drifted == true)
            .OrderByDescending(feature => Math.Abs(Effect(feature))).Select(feature => feature.Name),
    ];

    // A distance is its own measure of size.
    private static double Effect(FeatureDrift feature) => feature.Tests[0].EffectSize ?? feature.Tests[0].Statistic ?? 0;
}
