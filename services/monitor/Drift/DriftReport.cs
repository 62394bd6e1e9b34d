namespace Platform.Monitor.Drift;

/// <summary>Whether a window differs from the reference.</summary>
/// <param name="Drifted">Whether any feature does.</param>
/// <param name="DriftedFeatures">How many do.</param>
/// <param name="DriftedShare">Their share of the features.</param>
/// <param name="Features">Feature for feature.</param>
internal sealed record DriftReport(bool Drifted, int DriftedFeatures, double DriftedShare, IReadOnlyList<FeatureDrift> Features)
{
    public static DriftReport Of(IReadOnlyList<FeatureDrift> features)
    {
        var drifted = features.Count(feature => feature.Drifted);
        return new(drifted > 0, drifted, DriftJudge.DriftedShare(features), features);
    }

    /// <summary>The names of the features that drifted, the largest effect first.</summary>
    public IReadOnlyList<string> Strongest() =>
    [
        .. Features.Where(feature => feature.Drifted)
            .OrderByDescending(feature => Math.Abs(Effect(feature))).Select(feature => feature.Name),
    ];

    // A distance is its own measure of size.
    private static double Effect(FeatureDrift feature) => feature.Tests[0].EffectSize ?? feature.Tests[0].Statistic ?? 0;
}
