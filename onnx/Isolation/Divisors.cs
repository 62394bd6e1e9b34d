using Platform.Onnx.Graphs;

namespace Platform.Onnx.Isolation;

/// <summary>Whether whole numbers can be divided by a constant whatever they are.</summary>
internal static class Divisors
{
    /// <summary>
    /// True where every element is known and none is 0 or -1: the first divides nothing, and the second makes of the least number of a
    /// type one that the type does not have.
    /// </summary>
    public static bool AreHarmless(OnnxConstant constant) =>
        constant is { IsInteger: true, Integers: { Count: > 0 } values, Numbers: null } && values.Count == constant.Count
        && values.TrueForAll(value => value is not (0 or -1) && Fits(value, constant.ElementType));

    /// <summary>A number that its type does not have would become another one, which may be 0.</summary>
    private static bool Fits(long value, int elementType) => elementType switch
    {
        2 => value is >= byte.MinValue and <= byte.MaxValue,
        3 => value is >= sbyte.MinValue and <= sbyte.MaxValue,
        4 => value is >= ushort.MinValue and <= ushort.MaxValue,
        5 => value is >= short.MinValue and <= short.MaxValue,
        6 => value is >= int.MinValue and <= int.MaxValue,
        12 => value is >= uint.MinValue and <= uint.MaxValue,
        7 or 13 => true,
        _ => false,
    };
}
