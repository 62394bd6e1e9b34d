using System.Buffers.Binary;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>The raw tensors behind the JSON of a request, one after the other in the order of its inputs; little-endian.</summary>
internal ref struct BinaryData(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes that no input has claimed yet.</summary>
    public readonly int Left => _bytes.Length;

    /// <summary>Takes the next tensor's bytes; false when there are not so many.</summary>
    public bool TryTake(long size, out ReadOnlySpan<byte> tensor)
    {
        tensor = default;
        if (size > _bytes.Length) return false;
        tensor = _bytes[..(int)size];
        _bytes = _bytes[(int)size..];
        return true;
    }

    /// <summary>Copies a tensor's bytes into <paramref name="target"/>, which has its type and shape; answers what is wrong, or null.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes, TensorBuffer target)
    {
        if (target.Datatype == Datatype.Bytes) return ReadStrings(bytes, target);
        if (bytes.Length != target.Data.Length)
            return $"it has {bytes.Length} bytes of data, but its shape asks for {target.Data.Length}.";
        if (target.Datatype == Datatype.Bool && bytes.ContainsAnyExcept<byte>(0, 1)) return "a BOOL must be a byte of 0 or 1.";
        bytes.CopyTo(target.Data);
        return null;
    }

    /// <summary>Each string is its length in four bytes and then itself.</summary>
    private static string? ReadStrings(ReadOnlySpan<byte> bytes, TensorBuffer target)
    {
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < sizeof(uint)) return "its data ends in the middle of a string's length.";
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            bytes = bytes[sizeof(uint)..];
            if (length > bytes.Length) return "its data ends in the middle of a string.";
            if (target.Filled == target.Count) return $"it has more than the {target.Count} strings that its shape asks for.";
            target.Append(bytes[..(int)length]);
            bytes = bytes[(int)length..];
        }

        return target.Filled == target.Count ? null : $"it has {target.Filled} strings, but its shape asks for {target.Count}.";
    }
}
