using System.Text.Json.Serialization;

namespace Platform.Registry.Comparisons;

/// <summary>One measure of both versions, with what can be said of the difference.</summary>
internal sealed record MeasureComparison
{
    /// <summary>errors.rate, performance.accuracy, latency.p50 and the like, or outcomes.conversion and the like.</summary>
    public string Measure { get; init; } = "";

    /// <summary>The champion's value: a share, milliseconds, or an outcome's mean; null while it has none.</summary>
    public double? Champion { get; init; }

    /// <summary>The challenger's value.</summary>
    public double? Challenger { get; init; }

    /// <summary>The challenger's less the champion's.</summary>
    public double? Difference { get; init; }

    /// <summary>
    /// The bounds of the difference, which hold at all times at once. Of a latency: how much larger the share of the challenger's requests is that take
    /// longer than the ratio allows than that of the champion's above its own quantile. Empty while there is too little of an outcome to bound it.
    /// </summary>
    public IReadOnlyList<double> Interval { get; init; } = [];

    /// <summary>The always-valid p-value of the hypothesis that the challenger is not worse by more than the guard allows.</summary>
    public double PValue { get; init; } = 1;

    /// <summary>How many requests, labelled rows or outcomes the champion and the challenger have shown.</summary>
    public IReadOnlyList<long> Samples { get; init; } = [];

    /// <summary>By how much the challenger is better at least; below 0 where it may be worse.</summary>
    [JsonIgnore]
    public double LeastGain { get; init; }

    /// <summary>By how much it is better at most.</summary>
    [JsonIgnore]
    public double MostGain { get; init; }

    /// <summary>Whether the challenger is shown to be worse than allowed.</summary>
    [JsonIgnore]
    public bool IsWorse { get; init; }

    /// <summary>Whether it is shown not to be.</summary>
    [JsonIgnore]
    public bool IsGoodEnough { get; init; }
}
