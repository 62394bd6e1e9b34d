namespace Platform.Explainer.Importance;

/// <summary>How much a model goes by each feature, in groups: one for all, or one for each label.</summary>
/// <param name="Measure">What is measured: a value of <see cref="ImportanceMeasure"/>.</param>
/// <param name="Groups">The groups, at least one.</param>
/// <param name="Values">Row-major [features, groups]; NaN where no row tells.</param>
/// <param name="StandardErrors">The same shape: one standard error over the rows; NaN where fewer than two tell.</param>
internal sealed record MeasuredImportance(string Measure, IReadOnlyList<ImportanceGroup> Groups, double[] Values, double[] StandardErrors)
{
    /// <summary>The method that divided single predictions; null where none were divided.</summary>
    public string? Attribution { get; init; }
}
