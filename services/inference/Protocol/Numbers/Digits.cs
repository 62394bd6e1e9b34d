using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Platform.Inference.Protocol.Numbers;

/// <summary>Turns digits into numbers, eight or sixteen a step.</summary>
internal static class Digits
{
    /// <summary>The most digits behind a point that <see cref="TryReadFraction"/> looks at.</summary>
    public const int MaxFraction = 31;

    private const int MaxDigits = 19;
    private const ulong Zeros = 0x3030303030303030;

    private static ReadOnlySpan<ulong> Scales => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>A mask of the first n of 16 bytes, for n from 1 to 32, begins at 32 - n.</summary>
    private static ReadOnlySpan<byte> Masks =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>
    /// Reads the digits between a point and the number's end: as many as there are, they make up the first <paramref name="count"/> of 16
    /// digits, behind which come zeros. Those beyond the sixteenth are only seen to be digits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadFraction(ref byte text, int count, out ulong sixteen)
    {
        var digits = Vector256.LoadUnsafe(ref text) - Vector256.Create((byte)'0');
        var others = Vector256.GreaterThan(digits, Vector256.Create((byte)9)).ExtractMostSignificantBits();
        sixteen = ToNumber(digits.GetLower() & Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(Masks), (nuint)(MaxFraction + 1 - count)));
        return BitOperations.TrailingZeroCount(others) == count;
    }

    /// <summary>Reads a number of <paramref name="length"/> bytes without sign: up to 19 digits, perhaps with a point between them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadDecimal(ref byte text, int length, out ulong digits, out int fraction)
    {
        fraction = 0;
        var count = Read(ref text, out digits);
        if (count is 0 or 8 || (count > 1 && text == '0')) return false;
        if (Unsafe.Add(ref text, count) != '.') return count == length;

        int read;
        do
        {
            read = Read(ref Unsafe.Add(ref text, count + 1 + fraction), out var next);
            fraction += read;
            if (count + fraction > MaxDigits) return false;
            digits = digits * Scales[read] + next;
        }
        while (read == 8);
        return fraction > 0 && count + 1 + fraction == length;
    }

    /// <summary>Reads a whole number of <paramref name="length"/> digits, 1 to 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadWhole(ref byte text, int length, out ulong whole)
    {
        var first = Math.Min(length, 8);
        var values = (ReadWord(ref text) ^ Zeros) << (64 - 8 * first);
        whole = ToNumber(values);
        var others = Others(values);
        if (length > 8)
        {
            values = (ReadWord(ref Unsafe.Add(ref text, 8)) ^ Zeros) << (128 - 8 * length);
            whole = whole * Scales[length - 8] + ToNumber(values);
            others |= Others(values);
        }

        return others == 0 && (length == 1 || text != '0');
    }

    /// <summary>How many of the next eight bytes are digits before another byte comes, and their value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ref byte text, out ulong digits)
    {
        var values = ReadWord(ref text) ^ Zeros;
        var count = BitOperations.TrailingZeroCount(Others(values)) >> 3; // 8 when there are none
        digits = count == 0 ? 0 : ToNumber(values << (64 - 8 * count)); // a shorter run moves up, below it come zeros
        return count;
    }

    /// <summary>The highest bit of each byte that is no digit; above the lowest of them it may be set for digits too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Others(ulong values) => (values | (values + 0x7676767676767676)) & 0x8080808080808080;

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
