namespace Platform.Explainer.Global;

/// <summary>How much a model goes by one feature.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Label">The class or output that it is measured for; null for all of them.</param>
/// <param name="Importance">In what the measure is in; about zero, and by chance below it, where the model does not go by the feature. Null where no row tells.</param>
/// <param name="StandardError">One standard error of the importance; null where fewer than two rows tell.</param>
internal sealed record FeatureImportance(string Feature, string? Label, double? Importance, double? StandardError);
