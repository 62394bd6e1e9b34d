namespace Platform.Onnx.Sessions;

/// <summary>What a model takes and gives, in the order of its file.</summary>
/// <param name="Inputs">The inputs that every run needs.</param>
/// <param name="Outputs">The outputs.</param>
public sealed record ModelSignature(IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<TensorSpec> Outputs)
{
    /// <summary>
    /// Inputs that the file gives a default: graph inputs that are initializers as well (ONNX IR 4 and later). A run may set them.
    /// </summary>
    public IReadOnlyList<TensorSpec> OptionalInputs { get; init; } = [];
}
