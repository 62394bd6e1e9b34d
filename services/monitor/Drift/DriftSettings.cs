using Platform.Monitor.Statistics;

namespace Platform.Monitor.Drift;

/// <summary>How features are judged.</summary>
internal sealed record DriftSettings
{
    /// <summary>Tests by name, the first that suits a feature decides; null lets the data choose.</summary>
    public IReadOnlyList<string>? Tests { get; init; }

    /// <summary>Tests by name that are shown beside the deciding one, where they suit the feature.</summary>
    public IReadOnlyList<string> Companions { get; init; } = [];

    /// <summary>The level of significance, above 0 and below 1.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>One of <see cref="Correction.All"/>.</summary>
    public string Correction { get; init; } = Statistics.Correction.None;

    /// <summary>Own thresholds of distances, by test name.</summary>
    public IReadOnlyDictionary<string, double> Thresholds { get; init; } = new Dictionary<string, double>();
}
