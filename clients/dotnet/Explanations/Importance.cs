namespace Platform.Client.Explanations;

/// <summary>How much a version goes by each of its features, measured on its reference rows.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Method">permutation or shap.</param>
/// <param name="Measure">What an importance is in: accuracy, mean_absolute_error, output_change or mean_absolute_shapley.</param>
/// <param name="Importances">Every feature, the largest importance first; of several labels, one after the other.</param>
/// <param name="Rows">Reference rows that were looked at.</param>
/// <param name="Seed">The seed of every random choice.</param>
/// <param name="Sentences">What it says, in words.</param>
public sealed record Importance(string Model, string Version, string Method, string Measure, IReadOnlyList<FeatureImportance> Importances,
    int Rows, long Seed, IReadOnlyList<string> Sentences);

/// <summary>How much a version goes by one feature.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Label">The class or output that it is measured for; null for all of them.</param>
/// <param name="Value">In what the measure is in; null where no row tells.</param>
/// <param name="StandardError">One standard error; null where fewer than two rows tell.</param>
public sealed record FeatureImportance(string Feature, string? Label,
    [property: System.Text.Json.Serialization.JsonPropertyName("importance")] double? Value, double? StandardError);
