using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Platform.Hosting.OpenApi;
using Platform.Monitor.DriftTests;
using Platform.Monitor.Statistics;

namespace Platform.Monitor.Analyses;

/// <summary>Features to compare, and how.</summary>
internal sealed record DriftRequest
{
    [Required]
    public IReadOnlyList<DriftRequestFeature?>? Features { get; init; }

    /// <summary>Test names; of those that suit a feature the first decides. Chosen from the data when absent.</summary>
    [OneOf(typeof(TestCatalogue), nameof(TestCatalogue.Ids))]
    public IReadOnlyList<string?>? Tests { get; init; }

    /// <summary>Level of significance.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>none, bonferroni or bh (Benjamini-Hochberg), over the features.</summary>
    [OneOf(typeof(Statistics.Correction), nameof(Statistics.Correction.All))]
    public string Correction { get; init; } = Statistics.Correction.None;

    /// <summary>Own thresholds of distances by test name, for example {"psi": 0.2}.</summary>
    public IReadOnlyDictionary<string, double>? Thresholds { get; init; }

    /// <summary>Share of drifted features from which the whole dataset has drifted.</summary>
    public double DriftShare { get; init; } = 0.5;
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
