using Platform.Contracts.Registry;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using ModelSignature = Platform.Onnx.Sessions.ModelSignature;

namespace Platform.Registry.Pipelines;

/// <summary>A version's signature as it was when its file was loaded.</summary>
internal static class PartSignature
{
    public static ModelSignature Of(ModelVersionDescription version) => new(Specs(version.Signature.Inputs), Specs(version.Signature.Outputs))
    {
        OptionalInputs = Specs(version.Signature.OptionalInputs ?? []),
    };

    private static IReadOnlyList<TensorSpec> Specs(IReadOnlyList<TensorSignature> tensors) => [.. tensors.Select(tensor =>
        new TensorSpec(tensor.Name, Datatypes.TryParse(tensor.Datatype, out var datatype) ? datatype : default, tensor.Shape, [.. tensor.Shape.Select(_ => "")]))];
}
