using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sessions;

/// <summary>A value for one of a model's optional inputs, in place of the file's default.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Value">Its value, which must not change while the model runs.</param>
public readonly record struct OptionalInput(string Name, TensorBuffer Value);
