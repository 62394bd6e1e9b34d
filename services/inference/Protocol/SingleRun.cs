using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Platform.Inference.Protocol;

/// <summary>
/// Reads FP32 numbers in their everyday form, side by side: digits, a point, a few more digits, then a comma. This is where the
/// time of large JSON requests goes, so it takes eight digits a step and leaves whatever is out of the ordinary (an exponent,
/// very many digits, the last bytes of a body) to <see cref="DecimalNumber"/>.
/// </summary>
internal static class SingleRun
{
    private const int Reach = 48; // bytes that one number may look at
    private const int Block = 64;
    private const int MaxDigits = 19;
    private const ulong Zeros = 0x3030303030303030;

    private static readonly ulong[] Scales = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    // Not all exact, but to within half a unit in the last place of a double, which the rounding to FP32 allows for.
    private static readonly double[] Fractions = [.. Enumerable.Range(0, MaxDigits + 1).Select(digits => 1 / Math.Pow(10, digits))];

    /// <summary>
    /// Fills <paramref name="target"/> with the numbers from <paramref name="position"/> on for as long as they are of the everyday
    /// form and a comma follows; the position moves behind the last one that was read.
    /// </summary>
    /// <returns>How many were read.</returns>
    public static int Read(ReadOnlySpan<byte> json, ref int position, Span<float> target)
    {
        ref var text = ref MemoryMarshal.GetReference(json);
        var (start, count) = (position, 0);
        // Where the commas are is found ahead of the numbers, so that the processor can work on several numbers at once.
        for (var block = position; block <= json.Length - Block - Reach; block += Block)
        {
            for (var commas = FindCommas(ref Unsafe.Add(ref text, block)); commas != 0; commas &= commas - 1)
            {
                var end = block + BitOperations.TrailingZeroCount(commas);
                if (count == target.Length || !TryRead(ref text, start, end, out target[count])) return count;
                position = end;
                start = end + (Unsafe.Add(ref text, end + 1) == ' ' ? 2 : 1);
                count++;
            }
        }

        return count;
    }

    /// <summary>One bit for each of the next 64 bytes that is a comma.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FindCommas(ref byte text)
    {
        var comma = Vector256.Create((byte)',');
        var low = Vector256.Equals(Vector256.LoadUnsafe(ref text), comma).ExtractMostSignificantBits();
        var high = Vector256.Equals(Vector256.LoadUnsafe(ref text, (nuint)Vector256<byte>.Count), comma).ExtractMostSignificantBits();
        return low | (ulong)high << 32;
    }

    /// <summary>Reads the number between two places; false when it is none of ours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryRead(ref byte text, int start, int end, out float value)
    {
        var first = Unsafe.Add(ref text, start) == '-' ? start + 1 : start;
        var whole = (uint)(Unsafe.Add(ref text, first) - '0');
        var fraction = end - first - 2;
        if (Unsafe.Add(ref text, first + 1) != '.' || whole > 9 || fraction is < 1 or > 8 || end < 8)
            return ReadNumber(ref Unsafe.Add(ref text, start), out value) == end - start;

        // The fraction is the upper part of the eight bytes before the comma; below it come zeros.
        var values = (ReadWord(ref Unsafe.Add(ref text, end - 8)) ^ Zeros) >> (64 - 8 * fraction) << (64 - 8 * fraction);
        var close = (whole * Scales[fraction] + ToNumber(values)) * Fractions[fraction];
        var isRight = DecimalNumber.TryRound(first == start ? close : -close, out value);
        return isRight && ((values + 0x7676767676767676) & 0x8080808080808080) == 0;
    }

    /// <summary>The length of the number at <paramref name="text"/>, or 0 when it is none of ours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadNumber(ref byte text, out float value)
    {
        value = 0;
        var at = text == '-' ? 1 : 0;
        var sign = at;
        var count = ReadDigits(ref Unsafe.Add(ref text, at), out var digits);
        if (count is 0 or 8 || (count > 1 && Unsafe.Add(ref text, at) == '0')) return 0;

        at += count;
        var fraction = 0;
        if (Unsafe.Add(ref text, at) == '.')
        {
            at++;
            int read;
            do
            {
                read = ReadDigits(ref Unsafe.Add(ref text, at + fraction), out var next);
                fraction += read;
                if (count + fraction > MaxDigits) return 0;
                digits = digits * Scales[read] + next;
            }
            while (read == 8);
            if (fraction == 0) return 0;
            at += fraction;
        }

        if ((Unsafe.Add(ref text, at) | 0x20) == 'e') return 0;
        var close = digits * Fractions[fraction];
        return DecimalNumber.TryRound(sign == 0 ? close : -close, out value) ? at : 0;
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
}
