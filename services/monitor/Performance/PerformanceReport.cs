using System.ComponentModel.DataAnnotations;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Detectors;

namespace Platform.Monitor.Performance;

/// <summary>How good the predictions of a window turned out to be.</summary>
internal record PerformanceReport
{
    /// <summary>Measures on the labelled rows, by name; null without labels.</summary>
    [JsonShape(JsonShapeAttribute.Measures)]
    public IReadOnlyDictionary<string, object?>? Realised { get; init; }

    /// <summary>What they should turn out to be, from the scores of all rows without any label; null where there are no scores of classes.</summary>
    public EstimatedPerformance? Estimated { get; init; }

    /// <summary>Rows with a label.</summary>
    public int Labelled { get; init; }

    /// <summary>Their share of the answered rows; null without an answered row.</summary>
    public double? LabelCoverage { get; init; }

    /// <summary>The detectors that said, at a label of this window, that errors have become more frequent.</summary>
    [OneOf(typeof(DetectorCatalogue), nameof(DetectorCatalogue.Ids))]
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>accuracy or mae: the measure that tells whether the version has become worse.</summary>
    [AllowedValues("accuracy", "mae")]
    public string? Metric { get; init; }

    /// <summary>Its value in the window.</summary>
    public double? Value { get; init; }

    /// <summary>Its value where the version is known to be good; null where it is not known.</summary>
    public double? Baseline { get; init; }

    /// <summary>Probability of being that much worse by chance.</summary>
    public double? PValue { get; init; }

    /// <summary>
    /// Whether it is worse, by more than chance and by enough to matter; null where too few rows have a label or nobody knows how good it
    /// should be.
    /// </summary>
    public bool? Degraded { get; init; }
}
