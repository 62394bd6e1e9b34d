using Platform.Onnx.Sessions;

namespace Platform.Inference.Protocol;

/// <summary>A version's signature in the forms that requests are held against; made once when the version is loaded.</summary>
internal sealed class RequestSchema(ModelSignature signature)
{
    private readonly long[][] _inputShapes = [.. signature.Inputs.Concat(signature.OptionalInputs).Select(input => input.Shape.ToArray())];

    /// <summary>The inputs that every request needs.</summary>
    public IReadOnlyList<TensorSpec> Inputs { get; } = signature.Inputs;

    /// <summary>The inputs that a request may bring: those that it needs and, behind them, those with a default.</summary>
    public IReadOnlyList<TensorSpec> AllInputs { get; } = [.. signature.Inputs, .. signature.OptionalInputs];

    public IReadOnlyList<TensorSpec> Outputs { get; } = signature.Outputs;

    public TensorNames InputNames { get; } = new([.. signature.Inputs, .. signature.OptionalInputs]);

    public TensorNames OutputNames { get; } = new(signature.Outputs);

    public ReadOnlySpan<long> InputShape(int input) => _inputShapes[input];
}
