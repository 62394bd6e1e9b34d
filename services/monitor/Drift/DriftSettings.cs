using Platform.Statistics.Samples;

namespace Platform.Monitor.Drift;

/// <summary>How features are judged.</summary>
internal sealed record DriftSettings
{
    /// <summary>
    /// Half of what Cohen (1988) calls small on the scale of Cramér's V: one of two values becomes 55 % from 50 %, or 3 % from 1.5 %. A
    /// gap of 0.05 between distribution functions is a shift by an eighth of a standard deviation.
    /// </summary>
    public const double DefaultMinEffect = 0.05;

    /// <summary>Tests by name, the first that suits a feature decides; null lets the data choose.</summary>
    public IReadOnlyList<string>? Tests { get; init; }

    /// <summary>Tests by name that are shown beside the deciding one, where they suit the feature.</summary>
    public IReadOnlyList<string> Companions { get; init; } = [];

    /// <summary>The level of significance, above 0 and below 1.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>One of <see cref="Correction.All"/>.</summary>
    public string Correction { get; init; } = Statistics.Samples.Correction.None;

    /// <summary>
    /// The least effect size that is drift where the data choose the test, however small the p-value: of many rows every triviality is
    /// significant.
    /// </summary>
    public double MinEffect { get; init; } = DefaultMinEffect;

    /// <summary>Own thresholds of distances, by test name.</summary>
    public IReadOnlyDictionary<string, double> Thresholds { get; init; } = new Dictionary<string, double>();
}
