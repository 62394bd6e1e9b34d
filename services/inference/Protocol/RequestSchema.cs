using Platform.Onnx.Sessions;

namespace Platform.Inference.Protocol;

/// <summary>A version's signature in the forms that requests are held against; made once when the version is loaded.</summary>
internal sealed class RequestSchema(ModelSignature signature)
{
    private readonly long[][] _inputShapes = [.. signature.Inputs.Select(input => input.Shape.ToArray())];

    public IReadOnlyList<TensorSpec> Inputs { get; } = signature.Inputs;

    public IReadOnlyList<TensorSpec> Outputs { get; } = signature.Outputs;

    public TensorNames InputNames { get; } = new(signature.Inputs);

    public TensorNames OutputNames { get; } = new(signature.Outputs);

    public ReadOnlySpan<long> InputShape(int input) => _inputShapes[input];
}
