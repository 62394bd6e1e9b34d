using System.Numerics;
using System.Text;
using Platform.Hosting.Values;
using Platform.Inference.Protocol.Numbers;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>Whole numbers, in whichever notation: 3, 3.0 and 3e0 are the same, and 3.5 is refused.</summary>
internal readonly struct WholeElement<T> : IElement<T> where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    public static int ReadRun(ReadOnlySpan<byte> json, ref int position, Span<T> target) =>
        NumberRun<T, WholeNumber<T>>.Read(json, ref position, target);

    public static ElementProblem Read(ReadOnlySpan<byte> json, ref int position, out T value)
    {
        value = default;
        var at = position;
        var negative = at < json.Length && json[at] == '-';
        if (negative) at++;

        var first = at;
        ulong magnitude = 0;
        var overflow = false;
        for (; at < json.Length; at++)
        {
            var digit = (uint)json[at] - '0';
            if (digit > 9) break;
            overflow |= magnitude > (ulong.MaxValue - digit) / 10;
            magnitude = magnitude * 10 + digit;
        }

        if (at == first) return ElementProblem.WrongType;
        if (at > first + 1 && json[first] == '0') return ElementProblem.Malformed;
        at = PassZeros(json, at);
        if (at < json.Length && json[at] is (byte)'.' or (byte)'e' or (byte)'E') return ReadNotation(json, ref position, out value);
        if (overflow || magnitude > Largest(negative)) return ElementProblem.OutOfRange;

        position = at;
        value = T.CreateTruncating(negative ? 0 - magnitude : magnitude);
        return ElementProblem.None;
    }

    /// <summary>Behind a fraction of zeros, as programs write it whose numbers are all floating-point; elsewhere where it was.</summary>
    private static int PassZeros(ReadOnlySpan<byte> json, int at)
    {
        if (at >= json.Length || json[at] != '.') return at;
        var zeros = json[(at + 1)..].IndexOfAnyExcept((byte)'0');
        var end = zeros < 0 ? json.Length : at + 1 + zeros;
        var isWhole = zeros != 0 && (end == json.Length || json[end] is not (>= (byte)'1' and <= (byte)'9' or (byte)'e' or (byte)'E'));
        return isWhole ? end : at;
    }

    /// <summary>Any other notation, at leisure.</summary>
    private static ElementProblem ReadNotation(ReadOnlySpan<byte> json, ref int position, out T value)
    {
        value = default;
        var end = position;
        if (!DecimalNumber.TryScan(json, ref end, out _)) return ElementProblem.Malformed;
        if (!ScalarText.TryReadWhole(Encoding.ASCII.GetString(json[position..end]), out var whole)) return ElementProblem.NotWhole;
        if (whole < Int128.CreateTruncating(T.MinValue) || whole > Int128.CreateTruncating(T.MaxValue)) return ElementProblem.OutOfRange;

        position = end;
        value = T.CreateTruncating(whole);
        return ElementProblem.None;
    }

    private static ulong Largest(bool negative)
    {
        if (!negative) return ulong.CreateTruncating(T.MaxValue);
        return T.IsZero(T.MinValue) ? 0 : ulong.CreateTruncating(T.MaxValue) + 1;
    }
}

/// <summary>FP32.</summary>
internal readonly struct SingleElement : IElement<float>
{
    public static int ReadRun(ReadOnlySpan<byte> json, ref int position, Span<float> target) =>
        NumberRun<float, SingleNumber>.Read(json, ref position, target);

    public static ElementProblem Read(ReadOnlySpan<byte> json, ref int position, out float value)
    {
        if (DecimalNumber.TryScan(json, ref position, out var number))
            return number.TryToSingle(out value) ? ElementProblem.None : ElementProblem.OutOfRange;

        var problem = SpecialNumber.Read(json, ref position, out var special);
        value = (float)special;
        return problem;
    }
}

/// <summary>FP64.</summary>
internal readonly struct DoubleElement : IElement<double>
{
    public static int ReadRun(ReadOnlySpan<byte> json, ref int position, Span<double> target) =>
        NumberRun<double, DoubleNumber>.Read(json, ref position, target);

    public static ElementProblem Read(ReadOnlySpan<byte> json, ref int position, out double value)
    {
        if (DecimalNumber.TryScan(json, ref position, out var number))
            return number.TryToDouble(out value) ? ElementProblem.None : ElementProblem.OutOfRange;

        return SpecialNumber.Read(json, ref position, out value);
    }
}

/// <summary>FP16.</summary>
internal readonly struct HalfElement : IElement<Half>
{
    public static ElementProblem Read(ReadOnlySpan<byte> json, ref int position, out Half value)
    {
        var problem = DoubleElement.Read(json, ref position, out var number);
        value = (Half)number;
        return Half.IsInfinity(value) && double.IsFinite(number) ? ElementProblem.OutOfRange : problem;
    }
}

/// <summary>BF16, as its bits.</summary>
internal readonly struct BrainFloatElement : IElement<ushort>
{
    public static ElementProblem Read(ReadOnlySpan<byte> json, ref int position, out ushort value)
    {
        var problem = SingleElement.Read(json, ref position, out var number);
        value = BrainFloat.FromSingle(number);
        return float.IsInfinity(BrainFloat.ToSingle(value)) && float.IsFinite(number) ? ElementProblem.OutOfRange : problem;
    }
}

/// <summary>BOOL: true and false, or 1 and 0.</summary>
internal readonly struct BoolElement : IElement<byte>
{
    public static ElementProblem Read(ReadOnlySpan<byte> json, ref int position, out byte value)
    {
        value = 0;
        var rest = json[position..];
        if (rest.StartsWith("true"u8)) return Take(4, 1, ref position, out value);
        if (rest.StartsWith("false"u8)) return Take(5, 0, ref position, out value);
        if (rest.StartsWith("1"u8)) return Take(1, 1, ref position, out value);
        return rest.StartsWith("0"u8) ? Take(1, 0, ref position, out value) : ElementProblem.WrongType;
    }

    private static ElementProblem Take(int length, byte read, ref int position, out byte value)
    {
        position += length;
        value = read;
        return ElementProblem.None;
    }
}
