namespace Platform.Onnx.Sessions;

/// <summary>What a model takes and gives, in the order of its file.</summary>
public sealed record ModelSignature(IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<TensorSpec> Outputs);
