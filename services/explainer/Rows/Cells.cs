using System.Text.Json;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Rows;

/// <summary>One element of a tensor: from JSON to the double that the attribution methods work on.</summary>
internal static class Cells
{
    private const double LargestExactInteger = 1L << 53;

    /// <summary>
    /// Reads an element of the given datatype: a number as it is, a Boolean as 0 or 1, a string as its number in the
    /// vocabulary, and null as NaN where the datatype has one (missing) or as the empty string.
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
            JsonValueKind.Number when datatype != Datatype.Bytes => ReadNumber(element.GetDouble(), datatype, out cell),
            _ => $"{element.ValueKind} is not {datatype.Name()}",
        };
    }

    private static string? ReadNumber(double number, Datatype datatype, out double cell)
    {
        cell = number;
        if (datatype.IsFloatingPoint())
            return double.IsFinite(number) ? null : $"a number is too large for {datatype.Name()}";
        var (least, most) = Range(datatype);
        return number >= least && number <= most && double.IsInteger(number) ? null : $"{number:R} is not {datatype.Name()}";
    }

    /// <summary>Whole numbers beyond 2^53 have no double of their own, and are refused rather than rounded.</summary>
    private static (double Least, double Most) Range(Datatype datatype) => datatype switch
    {
        Datatype.Bool => (0, 1),
        Datatype.UInt8 => (byte.MinValue, byte.MaxValue),
        Datatype.UInt16 => (ushort.MinValue, ushort.MaxValue),
        Datatype.UInt32 => (uint.MinValue, uint.MaxValue),
        Datatype.UInt64 => (0, LargestExactInteger),
        Datatype.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        Datatype.Int16 => (short.MinValue, short.MaxValue),
        Datatype.Int32 => (int.MinValue, int.MaxValue),
        _ => (-LargestExactInteger, LargestExactInteger),
    };

    private static string? Take(double value, out double cell)
    {
        cell = value;
        return null;
    }
}
