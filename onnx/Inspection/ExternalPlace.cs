using System.Globalization;

namespace Platform.Onnx.Inspection;

/// <summary>Where a tensor says that its values lie, if that is another file: the fields external_data and data_location of onnx.proto.</summary>
internal sealed class ExternalPlace
{
    private const int DataField = 13;
    private const int LocationField = 14;
    private const int External = 1;

    /// <summary>Whether it says so.</summary>
    public bool IsExternal { get; private set; }

    /// <summary>The name of the file; empty where none is said.</summary>
    public string Location { get; private set; } = "";

    /// <summary>Where its values begin; -1 where what is said is no number.</summary>
    public long Offset { get; private set; }

    /// <summary>How long they are; null where that is not said, -1 where what is said is no number.</summary>
    public long? Length { get; private set; }

    /// <summary>Whether the current field is one of those.</summary>
    public static bool IsAt(ProtobufReader reader) => reader.Is(LocationField, WireType.Varint) || reader.Is(DataField, WireType.Bytes);

    /// <summary>Reads the current field where it is one of those; false, with nothing read, where it is another.</summary>
    public bool TryRead(ProtobufReader reader)
    {
        if (reader.Is(LocationField, WireType.Varint)) IsExternal = reader.ReadVarint() == External;
        else if (reader.Is(DataField, WireType.Bytes)) ReadEntry(reader);
        else return false;
        return true;
    }

    private void ReadEntry(ProtobufReader reader)
    {
        string key = "", value = "";
        var outer = reader.Enter();
        while (reader.ReadField())
        {
            if (reader.Is(1, WireType.Bytes)) key = reader.ReadText();
            else if (reader.Is(2, WireType.Bytes)) value = reader.ReadText();
            else reader.SkipField();
        }

        reader.Leave(outer);
        if (key == "location") Location = value;
        else if (key == "offset") Offset = Number(value);
        else if (key == "length") Length = Number(value);
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
