using System.Text.Json;
using Platform.Hosting.Values;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Rows;

/// <summary>One element of a tensor: from JSON to the double that the attribution methods work on.</summary>
internal static class Cells
{
    /// <summary>
    /// Reads an element of the given datatype: a number as it is, a Boolean as 0 or 1, a string and a whole number that no double
    /// holds as its number in the vocabulary, and null as NaN where the datatype has one (missing) or as the empty string.
    /// </summary>
    /// <returns>Null, or what is wrong with the element.</returns>
    public static string? Read(JsonElement element, Datatype datatype, CellVocabulary vocabulary, out double cell)
    {
        cell = double.NaN;
        return element.ValueKind switch
        {
            JsonValueKind.Null when datatype.IsFloatingPoint() => null,
            JsonValueKind.Null when datatype == Datatype.Bytes => Take(vocabulary.Code(""), out cell),
            JsonValueKind.String when datatype == Datatype.Bytes => Take(vocabulary.Code(element.GetString()!), out cell),
            JsonValueKind.True or JsonValueKind.False when datatype == Datatype.Bool => Take(element.GetBoolean() ? 1 : 0, out cell),
            JsonValueKind.Number when datatype is Datatype.Int64 or Datatype.UInt64 => ReadLong(element, datatype, vocabulary, out cell),
            JsonValueKind.Number when datatype != Datatype.Bytes => ReadNumber(element.GetDouble(), datatype, out cell),
            _ => $"{element.ValueKind} is not {datatype.Name()}",
        };
    }

    private static string? ReadLong(JsonElement element, Datatype datatype, CellVocabulary vocabulary, out double cell)
    {
        var (least, most) = datatype == Datatype.Int64 ? ((Int128)long.MinValue, (Int128)long.MaxValue) : (0, ulong.MaxValue);
        cell = double.NaN;
        return ScalarText.TryReadWhole(element.GetRawText(), out var whole) && whole >= least && whole <= most
            ? Take(vocabulary.Code(whole), out cell)
            : $"{element.GetRawText()} is not {datatype.Name()}";
    }

    private static string? ReadNumber(double number, Datatype datatype, out double cell)
    {
        cell = number;
        if (datatype.IsFloatingPoint())
            return double.IsFinite(number) ? null : $"a number is too large for {datatype.Name()}";
        var (least, most) = Range(datatype);
        return number >= least && number <= most && double.IsInteger(number) ? null : $"{number:R} is not {datatype.Name()}";
    }

    /// <summary>The least and the largest number of a datatype; of 64 bits those that a double holds.</summary>
    public static (double Least, double Most) Range(Datatype datatype) => datatype switch
    {
        Datatype.Bool => (0, 1),
        Datatype.UInt8 => (byte.MinValue, byte.MaxValue),
        Datatype.UInt16 => (ushort.MinValue, ushort.MaxValue),
        Datatype.UInt32 => (uint.MinValue, uint.MaxValue),
        Datatype.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        Datatype.Int16 => (short.MinValue, short.MaxValue),
        Datatype.Int32 => (int.MinValue, int.MaxValue),
        Datatype.UInt64 => (0, 1L << 53),
        Datatype.Int64 => (-(1L << 53), 1L << 53),
        Datatype.FP16 => ((double)Half.MinValue, (double)Half.MaxValue),
        Datatype.FP32 => (float.MinValue, float.MaxValue),
        _ => (double.MinValue, double.MaxValue),
    };

    private static string? Take(double value, out double cell)
    {
        cell = value;
        return null;
    }
}
