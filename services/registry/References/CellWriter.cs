using System.Globalization;
using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Onnx.Tensors;

namespace Platform.Registry.References;

/// <summary>Writes cells as elements of a tensor.</summary>
internal static class CellWriter
{
    private static readonly string[] Missing = ["nan", "na", "n/a", "null"];

    /// <summary>Writes a cell; returns why it cannot be one of the tensor's elements, or null.</summary>
    public static string? TryWrite(Utf8JsonWriter json, string? cell, Datatype datatype, FeatureDefinition? feature)
    {
        if (cell is null)
        {
            json.WriteNullValue();
            return null;
        }
        if (feature?.Categories is { } categories) return TryWriteCategory(json, cell, datatype, categories);
        if (datatype != Datatype.Bytes) return TryWriteNumber(json, cell, datatype);
        json.WriteStringValue(cell);
        return null;
    }

    /// <summary>
    /// The index of a category: by name or, where no name looks like a number, by the index itself, since datasets are often
    /// kept encoded. -1 when it is none.
    /// </summary>
    public static int IndexOf(IReadOnlyList<string> categories, string cell)
    {
        for (var i = 0; i < categories.Count; i++)
            if (categories[i] == cell) return i;
        return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var index)
            && index >= 0 && index < categories.Count && index == Math.Floor(index)
            && !categories.Any(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            ? (int)index
            : -1;
    }

    /// <summary>For messages: names in quotation marks, at most ten.</summary>
    public static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(10).Select(name => $"'{name}'")) + (names.Count > 10 ? ", …" : "");

    private static string? TryWriteCategory(Utf8JsonWriter json, string cell, Datatype datatype, IReadOnlyList<string> categories)
    {
        var index = IndexOf(categories, cell);
        if (index < 0 && IsMissing(cell)) json.WriteNullValue();
        else if (index < 0) return $"'{cell}' is none of the categories {Names(categories)}";
        else if (datatype == Datatype.Bytes) json.WriteStringValue(categories[index]);
        else json.WriteNumberValue(index);
        return null;
    }

    private static string? TryWriteNumber(Utf8JsonWriter json, string cell, Datatype datatype)
    {
        if (IsMissing(cell)) json.WriteNullValue();
        else if (datatype == Datatype.Bool) return TryWriteBool(json, cell);
        else if (datatype.IsFloatingPoint()) return TryWriteFloat(json, cell, datatype);
        else return TryWriteWhole(json, cell, datatype);
        return null;
    }

    private static string? TryWriteBool(Utf8JsonWriter json, string cell)
    {
        bool? value = cell.ToLowerInvariant() switch { "true" or "1" => true, "false" or "0" => false, _ => null };
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

    private static bool IsMissing(string cell) => Missing.Contains(cell.Trim(), StringComparer.OrdinalIgnoreCase);
}
