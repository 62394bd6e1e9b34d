namespace Platform.Registry.Tests.Fuzzing;

/// <summary>One field of an ONNX file: a number, bytes, or a message of further fields.</summary>
internal sealed class FileField
{
    public required int Number { get; init; }

    /// <summary>0, 1, 2 or 5, as protobuf numbers them.</summary>
    public required int Wire { get; init; }

    public ulong Value { get; set; }

    public byte[] Bytes { get; set; } = [];

    /// <summary>The fields of a message; null where it is none.</summary>
    public List<FileField>? Fields { get; set; }

    /// <summary>Which message of onnx.proto the fields are of.</summary>
    public string Message { get; init; } = "";

    public FileField Copy() => new()
    {
        Number = Number, Wire = Wire, Value = Value, Bytes = [.. Bytes], Message = Message, Fields = Fields?.ConvertAll(field => field.Copy()),
    };
}
