using Platform.Contracts.Registry;
using Platform.Onnx.Batching;
using Platform.Onnx.Tensors;
using ModelSignature = Platform.Onnx.Sessions.ModelSignature;

namespace Platform.Inference.Models;

/// <summary>Rows to warm a version up with, of its reference dataset.</summary>
internal static class WarmUpRows
{
    /// <summary>A reference row as tensors, or null when it does not fill the signature's shapes.</summary>
    public static IReadOnlyDictionary<string, Tensor>? FromReference(ModelSignature signature, ReferenceRow row) =>
        RowReader.Read(signature, row.Inputs);
}
