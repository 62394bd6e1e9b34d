using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Platform.Inference.Protocol;

/// <summary>
/// Reads an FP32 number of which is known where it ends, in the forms in which clients write them: a digit, a point and up to 31 digits,
/// of which Python prints some 17; and up to 19 digits with a point somewhere or none.
/// </summary>
internal static class SingleNumber
{
    /// <summary>How many bytes from a number's end on must be there, because they may be looked at.</summary>
    public const int Reach = 32;

    private const int MaxFraction = 31;
    private const int KeptFraction = 16;
    private const int MaxDigits = 19;
    private const ulong Zeros = 0x3030303030303030;

    private static ReadOnlySpan<ulong> Scales => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    private static ReadOnlySpan<double> Fractions =>
    [
        1e-0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9,
        1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15, 1e-16, 1e-17, 1e-18, 1e-19,
    ];

    /// <summary>A mask of the first n of 16 bytes, for n from 1 to 32, begins at 32 - n.</summary>
    private static ReadOnlySpan<byte> Masks =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Reads the number between two places; false when it is none of ours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ref byte text, int start, int end, out float value)
    {
        var first = Unsafe.Add(ref text, start) == '-' ? start + 1 : start;
        var whole = (uint)(Unsafe.Add(ref text, first) - '0');
        var fraction = end - first - 2;
        return Unsafe.Add(ref text, first + 1) == '.' && whole <= 9 && fraction is >= 1 and <= MaxFraction && Sse41.IsSupported
            ? TryReadFraction(ref Unsafe.Add(ref text, first + 2), whole, fraction, first > start, out value)
            : TryReadAny(ref Unsafe.Add(ref text, first), end - first, first > start, out value);
    }

    /// <summary>
    /// Reads a number whose digits behind the point begin at <paramref name="text"/>. The first 16 of them count: what is cut off is less
    /// than the rounding to FP32 is told to allow for, and where it could matter the number is left alone.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadFraction(ref byte text, ulong whole, int fraction, bool isNegative, out float value)
    {
        const ulong One = 10_000_000_000_000_000;
        const ulong Least = One / 10_000; // of at least this much, 10^-16 is less than 2^14 units in the last place of a double
        const ulong Error = 1 << 14;

        var digits = Vector256.LoadUnsafe(ref text) - Vector256.Create((byte)'0');
        var others = Vector256.GreaterThan(digits, Vector256.Create((byte)9)).ExtractMostSignificantBits();
        var kept = digits.GetLower() & Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(Masks), (nuint)(MaxFraction + 1 - fraction));
        var number = whole * One + ToNumber(kept);
        var close = number * 1e-16;
        var isRight = DecimalNumber.TryRound(isNegative ? -close : close, out value, Error);
        return isRight && (number >= Least || fraction <= KeptFraction) && BitOperations.TrailingZeroCount(others) == fraction;
    }

    /// <summary>Reads a number of <paramref name="length"/> bytes, whose first digit is at <paramref name="text"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadAny(ref byte text, int length, bool isNegative, out float value)
    {
        value = 0;
        var count = ReadDigits(ref text, out var digits);
        if (count is 0 or 8 || (count > 1 && text == '0')) return false;

        var (at, fraction) = (count, 0);
        if (Unsafe.Add(ref text, at) == '.')
        {
            at++;
            int read;
            do
            {
                read = ReadDigits(ref Unsafe.Add(ref text, at + fraction), out var next);
                fraction += read;
                if (count + fraction > MaxDigits) return false;
                digits = digits * Scales[read] + next;
            }
            while (read == 8);
            if (fraction == 0) return false;
            at += fraction;
        }

        var close = digits * Fractions[fraction];
        return at == length && DecimalNumber.TryRound(isNegative ? -close : close, out value);
    }

    /// <summary>How many of the next eight bytes are digits before another byte comes, and their value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadDigits(ref byte text, out ulong digits)
    {
        var values = ReadWord(ref text) ^ Zeros;
        var others = (values | (values + 0x7676767676767676)) & 0x8080808080808080;
        var count = BitOperations.TrailingZeroCount(others) >> 3; // 8 when there are none
        digits = count == 0 ? 0 : ToNumber(values << (64 - 8 * count)); // a shorter run moves up, below it come zeros
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ReadWord(ref byte text)
    {
        var word = Unsafe.ReadUnaligned<ulong>(ref text);
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    /// <summary>The number that eight digits make, the first in the lowest byte: pairs first, then fours, then all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ToNumber(ulong values)
    {
        values = values * 10 + (values >> 8);
        return ((values & 0x000000FF000000FF) * 0x000F424000000064 + ((values >> 16) & 0x000000FF000000FF) * 0x0000271000000001) >> 32;
    }

    /// <summary>The number that sixteen digits make, the first in the lowest byte, in the same way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ToNumber(Vector128<byte> digits)
    {
        var pairs = Ssse3.MultiplyAddAdjacent(digits, Vector128.Create((short)0x010A).AsSByte()); // 10, 1
        var fours = Sse2.MultiplyAddAdjacent(pairs, Vector128.Create(0x00010064).AsInt16()); // 100, 1
        var packed = Sse41.PackUnsignedSaturate(fours, fours).AsInt16();
        var eights = Sse2.MultiplyAddAdjacent(packed, Vector128.Create(0x00012710).AsInt16()); // 10000, 1
        return (uint)eights.ToScalar() * 100_000_000UL + (uint)eights.GetElement(1);
    }
}
