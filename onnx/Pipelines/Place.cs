namespace Platform.Onnx.Pipelines;

/// <summary>A value by its place: which step's which output, or which of the pipeline's inputs.</summary>
/// <param name="Step">The step's place in the document; <see cref="Inputs"/> for the pipeline's inputs.</param>
/// <param name="Tensor">The place in the signature.</param>
internal readonly record struct Place(int Step, int Tensor)
{
    public const int Inputs = -1;
}
