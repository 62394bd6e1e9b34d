using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Platform.Inference.Protocol.Numbers;

/// <summary>
/// Reads numbers that stand side by side. This is where the time of large JSON requests goes, so where the numbers end is found
/// 64 bytes at a time, and the numbers are read in their everyday forms only: whatever is out of the ordinary, and the last bytes of a
/// body, are left to those who read one number after the other.
/// </summary>
/// <typeparam name="T">What the numbers become.</typeparam>
/// <typeparam name="TNumber">How one of them is read.</typeparam>
internal static class NumberRun<T, TNumber> where TNumber : struct, IEverydayNumber<T>
{
    private const int Block = 64;

    /// <summary>
    /// Fills <paramref name="target"/> with the numbers from <paramref name="position"/> on for as long as they are of an everyday
    /// form and a comma or a bracket follows; the position moves behind the last one that was read.
    /// </summary>
    /// <returns>How many were read.</returns>
    public static int Read(ReadOnlySpan<byte> json, ref int position, Span<T> target)
    {
        if (json.Length < Block + IEverydayNumber<T>.Reach) return 0;
        ref var text = ref MemoryMarshal.GetReference(json);
        var (start, count, last) = (position, 0, json.Length - IEverydayNumber<T>.Reach);
        // Where the numbers end is found ahead of them, so that the processor can work on several at once.
        for (var block = position; block < last; block += Block)
        {
            for (var ends = block <= last - Block ? FindEnds(ref text, block) : FindLastEnds(ref text, block, last); ends != 0; ends &= ends - 1)
            {
                var end = block + BitOperations.TrailingZeroCount(ends);
                if (count == target.Length || !TNumber.TryRead(ref text, start, end, out target[count])) return count;
                position = end;
                start = end + (Unsafe.Add(ref text, end + 1) == ' ' ? 2 : 1);
                count++;
            }
        }

        return count;
    }

    /// <summary>One bit for each byte from <paramref name="block"/> to <paramref name="last"/>, which is less than a block away.</summary>
    private static ulong FindLastEnds(ref byte text, int block, int last) => FindEnds(ref text, last - Block) >> (block - (last - Block));

    /// <summary>One bit for each of 64 bytes that ends a number: a comma or a closing bracket.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FindEnds(ref byte text, int block)
    {
        ref var first = ref Unsafe.Add(ref text, block);
        return FindEnds(ref first) | (ulong)FindEnds(ref Unsafe.Add(ref first, Vector256<byte>.Count)) << Vector256<byte>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint FindEnds(ref byte text)
    {
        var bytes = Vector256.LoadUnsafe(ref text);
        return (Vector256.Equals(bytes, Vector256.Create((byte)',')) | Vector256.Equals(bytes, Vector256.Create((byte)']')))
            .ExtractMostSignificantBits();
    }
}
