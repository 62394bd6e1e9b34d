using System.ComponentModel.DataAnnotations;

namespace Platform.Contracts.Registry;

/// <summary>Name, type and shape of one input or output tensor.</summary>
public sealed record TensorSignature
{
    /// <summary>The tensor's name in the graph.</summary>
    public string Name { get; init; } = "";

    /// <summary>An Open Inference Protocol v2 datatype: BOOL, UINT8 … FP64, BF16, BYTES.</summary>
    [AllowedValues(
        "BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "BF16", "FP32", "FP64", "BYTES")]
    public string Datatype { get; init; } = "";

    /// <summary>Dimensions; -1 where the size is free. Dimension 0 is the batch where it is -1.</summary>
    public IReadOnlyList<long> Shape { get; init; } = [];
}
