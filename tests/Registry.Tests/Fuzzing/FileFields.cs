namespace Platform.Registry.Tests.Fuzzing;

/// <summary>Takes an ONNX file apart into its fields and puts it together again.</summary>
internal static class FileFields
{
    // Which fields of which message are messages themselves, by onnx.proto.
    private static readonly Dictionary<(string, int), string> Messages = new()
    {
        [("model", 7)] = "graph", [("model", 8)] = "set", [("model", 25)] = "function",
        [("graph", 1)] = "node", [("graph", 5)] = "tensor", [("graph", 11)] = "value", [("graph", 12)] = "value", [("graph", 13)] = "value",
        [("function", 7)] = "node", [("function", 9)] = "set", [("function", 11)] = "attribute",
        [("node", 5)] = "attribute", [("attribute", 5)] = "tensor", [("attribute", 6)] = "graph",
        [("value", 2)] = "type", [("type", 1)] = "tensorType", [("type", 4)] = "elements", [("tensorType", 2)] = "shape", [("shape", 1)] = "size",
    };

    public static FileField Read(byte[] file) => new() { Number = 0, Wire = 2, Message = "model", Fields = Read(file, "model") };

    public static byte[] Write(FileField root)
    {
        var stream = new MemoryStream();
        foreach (var field in root.Fields!) Write(stream, field);
        return stream.ToArray();
    }

    private static List<FileField> Read(ReadOnlySpan<byte> bytes, string message)
    {
        var fields = new List<FileField>();
        while (bytes.Length > 0)
        {
            var tag = Varint(ref bytes);
            var (number, wire) = ((int)(tag >> 3), (int)(tag & 7));
            fields.Add(wire switch
            {
                0 => new FileField { Number = number, Wire = wire, Value = Varint(ref bytes) },
                2 => Field(number, message, Take(ref bytes, (int)Varint(ref bytes))),
                _ => new FileField { Number = number, Wire = wire, Bytes = Take(ref bytes, wire == 1 ? 8 : 4).ToArray() },
            });
        }

        return fields;
    }

    private static FileField Field(int number, string message, ReadOnlySpan<byte> bytes) => Messages.TryGetValue((message, number), out var inner)
        ? new FileField { Number = number, Wire = 2, Message = inner, Fields = Read(bytes, inner) }
        : new FileField { Number = number, Wire = 2, Bytes = bytes.ToArray() };

    private static void Write(MemoryStream stream, FileField field)
    {
        Varint(stream, (ulong)(uint)field.Number << 3 | (uint)field.Wire);
        var bytes = field.Fields is null ? field.Bytes : Write(field);
        if (field.Wire == 0) Varint(stream, field.Value);
        if (field.Wire == 2) Varint(stream, (ulong)bytes.Length);
        if (field.Wire != 0) stream.Write(bytes);
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }

    private static void Varint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7) stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }
}
