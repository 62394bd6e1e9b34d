using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sessions;

/// <summary>Reads a loaded model's inputs and outputs into the protocol's terms, or says why they cannot be served.</summary>
internal static class SignatureReader
{
    public static ModelSignature Read(InferenceSession session)
    {
        var inputs = session.InputNames.Select(name => ReadTensor("input", name, session.InputMetadata[name]));
        var outputs = session.OutputNames.Select(name => ReadOutput(name, session.OutputMetadata[name]));
        var optional = session.OverridableInitializerMetadata.Select(input => ReadTensor("input", input.Key, input.Value));
        var signature = new ModelSignature([.. inputs], [.. outputs]) { OptionalInputs = [.. optional] };
        return signature.Outputs.Count > 0 ? signature : throw new ModelLoadException("The model has no outputs.");
    }

    /// <summary>A classifier's list of maps from class to score is served as a table, one row per entry (<see cref="MapTable"/>).</summary>
    private static TensorSpec ReadOutput(string name, NodeMetadata metadata)
    {
        if (metadata.OnnxValueType != OnnxValueType.ONNX_TYPE_SEQUENCE) return ReadTensor("output", name, metadata);

        var element = metadata.AsSequenceMetadata().ElementMeta;
        if (element.OnnxValueType == OnnxValueType.ONNX_TYPE_MAP && element.AsMapMetadata() is { } map
            && MapTable.Supports(map.KeyDataType, map.ValueMetadata.ElementDataType))
            return new TensorSpec(name, Datatype.FP32, [Shapes.Dynamic, Shapes.Dynamic], ["", ""]);

        throw new ModelLoadException($"Output '{name}' is a sequence, which cannot be sent as a tensor.");
    }

    private static TensorSpec ReadTensor(string role, string name, NodeMetadata metadata)
    {
        if (metadata.OnnxValueType != OnnxValueType.ONNX_TYPE_TENSOR)
            throw new ModelLoadException($"The {role} '{name}' is not a tensor ({Kind(metadata.OnnxValueType)}).");
        if (!Datatypes.TryFrom(metadata.ElementDataType, out var datatype))
            throw new ModelLoadException($"The {role} '{name}' has elements of type {metadata.ElementDataType}, which cannot be served.");

        return new TensorSpec(name, datatype, [.. metadata.Dimensions.Select(size => (long)size)], [.. metadata.SymbolicDimensions]);
    }

    private static string Kind(OnnxValueType type) => type.ToString().Replace("ONNX_TYPE_", "", StringComparison.Ordinal).ToLowerInvariant();
}
