using System.Globalization;
using System.Text.Json;
using Platform.Hosting.Values;
using Platform.Onnx.Tensors;

namespace Platform.Registry.References;

/// <summary>Writes cells as elements of a tensor.</summary>
internal static class CellWriter
{
    /// <summary>Writes a cell; returns why it cannot be one of the tensor's elements, or null.</summary>
    public static string? TryWrite(Utf8JsonWriter json, string? cell, Datatype datatype, NameList? categories)
    {
        if (cell is null)
        {
            json.WriteNullValue();
            return null;
        }
        if (categories is not null) return TryWriteCategory(json, cell, datatype, categories);
        if (datatype != Datatype.Bytes) return TryWriteNumber(json, cell, datatype);
        if (MissingValue.IsEmpty(cell)) json.WriteNullValue();
        else json.WriteStringValue(cell);
        return null;
    }

    /// <summary>For messages: names in quotation marks, at most ten.</summary>
    public static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(10).Select(name => $"'{name}'")) + (names.Count > 10 ? ", …" : "");

    private static string? TryWriteCategory(Utf8JsonWriter json, string cell, Datatype datatype, NameList categories)
    {
        if (categories.Find(cell) is not { } index)
        {
            if (!MissingValue.IsMissing(cell)) return $"'{cell}' is none of the categories {Names(categories.Names)}";
            json.WriteNullValue();
        }
        else if (datatype == Datatype.Bytes) json.WriteStringValue(categories.Names[index]);
        else json.WriteNumberValue(index);
        return null;
    }

    private static string? TryWriteNumber(Utf8JsonWriter json, string cell, Datatype datatype)
    {
        if (MissingValue.IsMissing(cell)) json.WriteNullValue();
        else if (datatype == Datatype.Bool) return TryWriteBool(json, cell);
        else if (datatype.IsFloatingPoint()) return TryWriteFloat(json, cell, datatype);
        else return TryWriteWhole(json, cell, datatype);
        return null;
    }

    private static string? TryWriteBool(Utf8JsonWriter json, string cell)
    {
        bool? value = ScalarText.Normalise(cell) switch { "1" => true, "0" => false, _ => null };
        if (value is null) return $"'{cell}' is neither true nor false";
        json.WriteBooleanValue(value.Value);
        return null;
    }

    private static string? TryWriteFloat(Utf8JsonWriter json, string cell, Datatype datatype)
    {
        if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return $"'{cell}' is not a number";
        if (Math.Abs(value) > LargestOf(datatype)) return $"'{cell}' is too large for {datatype.Name()}";
        if (double.IsNaN(value)) json.WriteNullValue(); // with a sign
        else json.WriteNumberValue(value);
        return null;
    }

    private static double LargestOf(Datatype datatype) => datatype switch
    {
        Datatype.FP16 => (double)Half.MaxValue,
        Datatype.FP64 => double.MaxValue,
        _ => float.MaxValue,
    };

    /// <summary>A whole number may be written with a fraction of zero, as programs do whose columns have missing cells.</summary>
    private static string? TryWriteWhole(Utf8JsonWriter json, string cell, Datatype datatype)
    {
        var (least, most) = WholeNumbers.RangeOf(datatype);
        if (!decimal.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value != decimal.Truncate(value))
            return $"'{cell}' is not a whole number";
        if (value < least || value > most) return $"'{cell}' is out of the range of {datatype.Name()}";
        json.WriteNumberValue(decimal.Truncate(value));
        return null;
    }
}
