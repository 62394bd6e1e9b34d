using System.Text.Json.Serialization;
using Platform.Hosting.OpenApi;
using Platform.Statistics.DriftTests;

namespace Platform.Monitor.Drift;

/// <summary>What one test says of one feature; null where the data leave a value undefined.</summary>
internal sealed record TestVerdict
{
    /// <summary>The test's name.</summary>
    [OneOf(typeof(TestCatalogue), nameof(TestCatalogue.Ids))]
    public required string Test { get; init; }

    /// <summary>Its statistic, or the distance.</summary>
    public double? Statistic { get; init; }

    /// <summary>Two-sided; null for a distance.</summary>
    public double? PValue { get; init; }

    /// <summary>The p-value after correction for the number of features; null for a distance.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>How large the difference is, whatever the number of rows; null where the test has no such measure.</summary>
    public double? EffectSize { get; init; }

    /// <summary>
    /// What the adjusted p-value must stay below, or the distance must reach, to mean drift; null where the spread of the
    /// reference, in which a distance is measured, is beyond any number.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>The least effect size that is drift; missing for a requested test, where the p-value alone decides, and for a distance.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MinEffect { get; init; }

    /// <summary>About what the distance is between samples of these sizes that do not differ; missing for a test with a p-value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ByChance { get; init; }

    /// <summary>
    /// Whether it means drift; null where the data leave that undefined. A requested distance does from its threshold on, whatever chance
    /// makes of it; one that is shown beside a deciding test only where that test has found drift.
    /// </summary>
    public bool? Drifted { get; init; }
}
