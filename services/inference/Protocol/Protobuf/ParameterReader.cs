namespace Platform.Inference.Protocol.Protobuf;

/// <summary>Reads an entry of a map of InferParameter.</summary>
internal static class ParameterReader
{
    public static void Read(ReadOnlySpan<byte> entry, out ReadOnlySpan<byte> name, out ParameterValue value)
    {
        name = default;
        value = default;
        var wire = new WireReader(entry);
        while (wire.Next())
        {
            if (wire.Is(InferFields.Key, WireType.Bytes)) name = wire.Bytes;
            else if (wire.Is(InferFields.Value, WireType.Bytes)) value = ReadValue(wire.Bytes);
        }
    }

    private static ParameterValue ReadValue(ReadOnlySpan<byte> parameter)
    {
        ParameterValue value = default;
        var wire = new WireReader(parameter);
        while (wire.Next())
        {
            value = (wire.Field, wire.Wire) switch
            {
                (InferFields.Bool, WireType.Varint) => ParameterValue.Of(wire.Varint != 0),
                (InferFields.Int64, WireType.Varint) => ParameterValue.Of((long)wire.Varint),
                (InferFields.UInt64, WireType.Varint) => ParameterValue.Of((long)Math.Min(wire.Varint, long.MaxValue)),
                (InferFields.String, WireType.Bytes) => new(ParameterKind.Text),
                (InferFields.Double, WireType.Fixed64) => new(ParameterKind.OtherNumber),
                _ => value,
            };
        }

        return value;
    }
}
