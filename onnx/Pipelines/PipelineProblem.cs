namespace Platform.Onnx.Pipelines;

/// <summary>What is wrong with a pipeline.</summary>
/// <param name="Field">Where, in the document: <c>steps[0].inputs.text</c>.</param>
/// <param name="Reason">What, a sentence or the rest of one that begins with the field.</param>
public sealed record PipelineProblem(string Field, string Reason);
