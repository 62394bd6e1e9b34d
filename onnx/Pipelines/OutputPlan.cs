namespace Platform.Onnx.Pipelines;

/// <summary>An output of a pipeline.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">The values that are combined, or of which the first that has the row counts.</param>
/// <param name="Combination">How they are combined; null where they are not.</param>
internal sealed record OutputPlan(string Name, Place[] Values, PipelineCombination? Combination);
