using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol.Protobuf;

/// <summary>Where InferTensorContents keeps the elements of each datatype.</summary>
internal static class Contents
{
    private static readonly string[] Names =
    [
        "", "bool_contents", "int_contents", "int64_contents", "uint_contents", "uint64_contents", "fp32_contents", "fp64_contents", "bytes_contents",
    ];

    /// <summary>The field for a datatype; 0 for FP16 and BF16, which go raw only.</summary>
    public static int FieldOf(Datatype datatype) => datatype switch
    {
        Datatype.Bool => 1,
        Datatype.Int8 or Datatype.Int16 or Datatype.Int32 => 2,
        Datatype.Int64 => 3,
        Datatype.UInt8 or Datatype.UInt16 or Datatype.UInt32 => 4,
        Datatype.UInt64 => 5,
        Datatype.FP32 => 6,
        Datatype.FP64 => 7,
        Datatype.Bytes => 8,
        _ => 0,
    };

    public static string NameOf(int field) => field > 0 && field < Names.Length ? Names[field] : $"field {field}";
}
