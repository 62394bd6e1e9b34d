namespace Platform.Explainer.Importance;

/// <summary>What an importance is in.</summary>
internal static class ImportanceMeasure
{
    /// <summary>How much less of the rows the model gets right; of the rows of a label, its recall.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>How much more the model errs, in the unit of its output.</summary>
    public const string AbsoluteError = "mean_absolute_error";

    /// <summary>How far the output moves, in its unit; of several numbers, on average.</summary>
    public const string OutputChange = "output_change";

    /// <summary>The size of the Shapley values, in the unit of the output; of several numbers, on average.</summary>
    public const string ShapleySize = "mean_absolute_shapley";
}
