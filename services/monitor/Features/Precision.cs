using System.Globalization;

namespace Platform.Monitor.Features;

/// <summary>
/// What the tensor's datatype leaves of a number. A reference is written as its author had it, 0.3333333333333333 say; in
/// traffic the same value has been an FP32. Unless both are read alike, equal values differ, and a feature of a few values
/// seems to have new ones.
/// </summary>
internal static class Precision
{
    private const int LongestText = 32;

    /// <summary>The number as the prediction log writes the element that it becomes: in the fewest digits that name it.</summary>
    public static double AsLogged(double value, string datatype) => datatype switch
    {
        "FP32" when float.IsFinite((float)value) => Shortest((float)value),
        "FP16" when Half.IsFinite((Half)value) => Shortest((Half)value),
        "BF16" when float.IsFinite((float)value) => Shortest(ToBrainFloat((float)value)),
        _ => value,
    };

    /// <summary>The element itself, to its last binary digit, of the number that the log writes for it.</summary>
    public static double Exact(double logged, string datatype) => datatype switch
    {
        "FP32" or "BF16" => (float)logged,
        "FP16" => (double)(Half)logged,
        _ => logged,
    };

    private static double Shortest<T>(T value) where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[LongestText];
        value.TryFormat(text, out var length, format: default, CultureInfo.InvariantCulture);
        return double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    // The upper half of an FP32, rounded to the nearer, of two as near to the even one.
    private static float ToBrainFloat(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);
    }
}
