namespace Platform.Inference.Protocol.Numbers;

/// <summary>
/// Numbers that JSON has no notation for. <c>null</c> stands for NaN, a missing value, and is how we write all of them;
/// the words that Python and JavaScript libraries write are understood as well.
/// </summary>
internal static class SpecialNumber
{
    public static ElementProblem Read(ReadOnlySpan<byte> json, ref int position, out double value)
    {
        var rest = json[position..];
        (value, var length) = rest switch
        {
            _ when rest.StartsWith("null"u8) => (double.NaN, 4),
            _ when rest.StartsWith("NaN"u8) => (double.NaN, 3),
            _ when rest.StartsWith("Infinity"u8) => (double.PositiveInfinity, 8),
            _ when rest.StartsWith("-Infinity"u8) => (double.NegativeInfinity, 9),
            _ => (0, 0),
        };
        position += length;
        return length == 0 ? ElementProblem.WrongType : ElementProblem.None;
    }
}
