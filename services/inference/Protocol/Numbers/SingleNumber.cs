using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Platform.Inference.Protocol.Numbers;

/// <summary>FP32: up to seven digits, perhaps a point and up to 31 more, of which Python prints some 17.</summary>
internal readonly struct SingleNumber : IEverydayNumber<float>
{
    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ref byte text, int start, int end, out float value)
    {
        value = 0;
        var first = Unsafe.Add(ref text, start) == '-' ? start + 1 : start;
        ref var number = ref Unsafe.Add(ref text, first);
        var (digits, whole) = (1, (ulong)number - '0');
        if (Unsafe.Add(ref number, 1) != '.') digits = Digits.Read(ref number, out whole);
        else if (whole > 9) return false;
        if (digits is 0 or 8 || (digits > 1 && number == '0')) return false;

        var fraction = end - first - digits - 1;
        if (fraction < 0) return fraction == -1 && DecimalNumber.TryRound(first == start ? whole : -(double)whole, out value);
        return Unsafe.Add(ref number, digits) == '.' && fraction is >= 1 and <= Digits.MaxFraction && Sse41.IsSupported
            && TryReadFraction(ref Unsafe.Add(ref number, digits + 1), whole, fraction, first > start, out value);
    }

    /// <summary>
    /// The first 16 digits behind the point count: what is cut off is less than the rounding to FP32 is told to allow for, and where it
    /// could matter the number is left alone.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadFraction(ref byte text, ulong whole, int fraction, bool isNegative, out float value)
    {
        const double Least = 0.0001; // of at least this much, 10^-16 is less than 2^14 units in the last place of a double
        const ulong Error = 1 << 14;

        var isFraction = Digits.TryReadFraction(ref text, fraction, out var sixteen);
        var close = (long)whole + (long)sixteen * 1e-16;
        var isRight = DecimalNumber.TryRound(isNegative ? -close : close, out value, Error);
        return isRight && isFraction && (close >= Least || fraction <= 16);
    }
}
