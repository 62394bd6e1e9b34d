using System.ComponentModel.DataAnnotations;

namespace Platform.Contracts.Registry;

/// <summary>What the author says of a version. Everything is optional.</summary>
public sealed record VersionMetadata
{
    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>Free labels.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Training parameters.</summary>
    public IReadOnlyDictionary<string, string>? Params { get; init; }

    /// <summary>Metrics measured on held-out data, by name.</summary>
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>binary_classification, multiclass_classification, regression or ranking.</summary>
    [AllowedValues("binary_classification", "multiclass_classification", "regression", "ranking")]
    public string? Task { get; init; }

    /// <summary>The output tensor that holds the prediction; the first output when absent.</summary>
    public string? Output { get; init; }

    /// <summary>Class names in the order of the output's last dimension.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>The class that counts as positive in binary metrics.</summary>
    public string? PositiveClass { get; init; }

    /// <summary>A score of the positive class at or above this decides positive; 0.5 when absent.</summary>
    public double? Threshold { get; init; }

    /// <summary>Names of the columns of the flattened inputs.</summary>
    public IReadOnlyList<FeatureDefinition>? Features { get; init; }

    /// <summary>The column of the reference dataset that holds the true label.</summary>
    public string? Target { get; init; }

    /// <summary>Which groups are compared for fairness.</summary>
    public FairnessDefinition? Fairness { get; init; }

    /// <summary>Where the version comes from.</summary>
    public LineageDefinition? Lineage { get; init; }

    /// <summary>What of each prediction is kept.</summary>
    public LoggingPolicy? Logging { get; init; }

    /// <summary>How the version may be called.</summary>
    public ServingPolicy? Serving { get; init; }
}
