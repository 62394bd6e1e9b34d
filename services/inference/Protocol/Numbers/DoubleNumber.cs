using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Platform.Inference.Protocol.Numbers;

/// <summary>FP64: a digit, a point and up to 18 digits, or 19 after a zero; and up to 19 digits with a point somewhere or none.</summary>
internal readonly struct DoubleNumber : IEverydayNumber<double>
{
    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ref byte text, int start, int end, out double value)
    {
        var first = Unsafe.Add(ref text, start) == '-' ? start + 1 : start;
        var whole = (uint)(Unsafe.Add(ref text, first) - '0');
        var fraction = end - first - 2;
        var isRead = Unsafe.Add(ref text, first + 1) == '.' && whole <= 9 && fraction >= 1 && fraction <= (whole == 0 ? 19 : 18) && Sse41.IsSupported
            ? TryReadFraction(ref Unsafe.Add(ref text, first + 2), whole, ref fraction, out var digits)
            : Digits.TryReadDecimal(ref Unsafe.Add(ref text, first), end - first, out digits, out fraction);

        value = 0;
        if (!isRead || !DecimalNumber.TryDivide(digits, fraction, out var magnitude)) return false;
        value = first == start ? magnitude : -magnitude;
        return true;
    }

    /// <summary>Reads a fraction as one of 16 digits, or of as many as there are beyond that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadFraction(ref byte text, ulong whole, ref int fraction, out ulong digits)
    {
        var isFraction = Digits.TryReadFraction(ref text, fraction, out digits);
        digits += whole * 10_000_000_000_000_000;
        for (var at = 16; at < fraction; at++) digits = digits * 10 + Unsafe.Add(ref text, at) - '0';
        fraction = Math.Max(fraction, 16);
        return isFraction;
    }
}
