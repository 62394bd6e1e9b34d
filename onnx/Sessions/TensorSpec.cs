using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sessions;

/// <summary>One input or output of a model.</summary>
/// <param name="Name">The tensor's name in the graph.</param>
/// <param name="Datatype">What its elements are.</param>
/// <param name="Shape">
/// <see cref="Shapes.Dynamic"/> where a size is only known when the tensor arrives. Empty for a scalar, and also where the file
/// does not even give the rank: then ONNX Runtime alone decides what fits.
/// </param>
/// <param name="Symbols">The file's names of the dynamic dimensions, position by position; empty text where there is none.</param>
public sealed record TensorSpec(string Name, Datatype Datatype, IReadOnlyList<long> Shape, IReadOnlyList<string> Symbols);
