using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Platform.Hosting.OpenApi;
using Platform.Statistics.DriftTests;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Analyses;

/// <summary>Features to compare, and how.</summary>
internal sealed record DriftRequest
{
    [Required]
    public IReadOnlyList<DriftRequestFeature?>? Features { get; init; }

    /// <summary>
    /// Test names; of those that suit a feature the first decides, by its p-value or its distance's threshold alone. Chosen from the
    /// data when absent: then a test with a p-value decides, together with the effect size.
    /// </summary>
    [OneOf(typeof(TestCatalogue), nameof(TestCatalogue.Ids))]
    public IReadOnlyList<string?>? Tests { get; init; }

    /// <summary>Level of significance; 0.05 when absent.</summary>
    public double? Alpha { get; init; }

    /// <summary>The least effect size, 0 to 1, that is drift where the data choose the test; 0.05 when absent, 0 leaves the decision to the p-value.</summary>
    public double? MinEffect { get; init; }

    /// <summary>none, bonferroni or bh (Benjamini-Hochberg), over the features.</summary>
    [OneOf(typeof(Statistics.Samples.Correction), nameof(Statistics.Samples.Correction.All))]
    public string Correction { get; init; } = Statistics.Samples.Correction.None;

    /// <summary>Own thresholds of distances by test name, for example {"psi": 0.2}.</summary>
    public IReadOnlyDictionary<string, double>? Thresholds { get; init; }

    /// <summary>Share of drifted features from which the whole dataset has drifted; 0.5 when absent.</summary>
    public double? DriftShare { get; init; }
}

/// <summary>One feature's samples: lists of numbers, or of categories; null is a missing value.</summary>
internal sealed record DriftRequestFeature
{
    public string? Name { get; init; }

    /// <summary>numerical or categorical; by the values when absent.</summary>
    [AllowedValues("numerical", "categorical")]
    public string? Kind { get; init; }

    [Required, JsonShape(JsonShapeAttribute.Scalars)]
    public JsonElement Reference { get; init; }

    [Required, JsonShape(JsonShapeAttribute.Scalars)]
    public JsonElement Current { get; init; }
}
