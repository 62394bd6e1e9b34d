namespace Platform.Onnx.Tensors;

/// <summary>What a tensor's elements are. The names on the wire are those of the Open Inference Protocol v2.</summary>
public enum Datatype : byte
{
    Bool,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Int8,
    Int16,
    Int32,
    Int64,
    FP16,
    BF16,
    FP32,
    FP64,
    /// <summary>Strings: each element is a run of bytes of its own length, UTF-8 where it is text.</summary>
    Bytes,
}
