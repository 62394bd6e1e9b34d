using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Platform.Hosting.Numbers;

/// <summary>Writes digits and a power of ten as .NET writes an FP32: plain up to nine places before the point, else with an exponent.</summary>
internal static class DecimalText
{
    private const int MostPlaces = 9;
    private const int LeastPlaces = -3;

    /// <summary>The numbers 00 to 99, two bytes each.</summary>
    private static readonly byte[] Pairs = [.. Enumerable.Range(0, 100).SelectMany(number => new[] { (byte)('0' + number / 10), (byte)('0' + number % 10) })];

    /// <summary>Writes into <paramref name="target"/>, which has room for <see cref="ShortestSingle.MaxLength"/> bytes, and returns the length.</summary>
    public static int Write(uint digits, int exponent, Span<byte> target)
    {
        for (var tens = digits / 10; tens * 10 == digits; tens = digits / 10)
        {
            digits = tens;
            exponent++;
        }

        var length = CountDigits(digits);
        var point = length + exponent; // places before the decimal point
        if (point is > MostPlaces or < LeastPlaces) return WriteScientific(digits, length, point - 1, target);
        if (point <= 0) return WriteFraction(digits, length, -point, target);
        return exponent >= 0 ? WriteWhole(digits, length, point, target) : WritePoint(digits, length, point, target);
    }

    private static int WriteFraction(uint digits, int length, int zeros, Span<byte> target)
    {
        "0.000"u8.CopyTo(target);
        WriteDigits(digits, length, target[(2 + zeros)..]);
        return 2 + zeros + length;
    }

    private static int WriteWhole(uint digits, int length, int point, Span<byte> target)
    {
        WriteDigits(digits, length, target);
        target[length..point].Fill((byte)'0');
        return point;
    }

    private static int WritePoint(uint digits, int length, int point, Span<byte> target)
    {
        WriteDigits(digits, length, target[1..]);
        for (var i = 0; i < point; i++) target[i] = target[i + 1];
        target[point] = (byte)'.';
        return length + 1;
    }

    private static int WriteScientific(uint digits, int length, int exponent, Span<byte> target)
    {
        var at = length == 1 ? 1 : WritePoint(digits, length, 1, target);
        if (length == 1) target[0] = (byte)('0' + digits);
        target[at] = (byte)'E';
        target[at + 1] = exponent < 0 ? (byte)'-' : (byte)'+';
        WriteDigits((uint)Math.Abs(exponent), 2, target[(at + 2)..]);
        return at + 4;
    }

    /// <summary>Writes exactly <paramref name="length"/> digits, two at a time from the last.</summary>
    private static void WriteDigits(uint digits, int length, Span<byte> target)
    {
        ref var first = ref MemoryMarshal.GetReference(target[..length]);
        ref var pairs = ref MemoryMarshal.GetArrayDataReference(Pairs);
        var at = length;
        while (at >= 2)
        {
            var rest = digits / 100;
            at -= 2;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref first, at), Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref pairs, 2 * (digits - rest * 100))));
            digits = rest;
        }

        if (at == 1) first = (byte)('0' + digits);
    }

    private static int CountDigits(uint digits)
    {
        if (digits < 10_000) return digits < 100 ? digits < 10 ? 1 : 2 : digits < 1_000 ? 3 : 4;
        if (digits < 100_000_000) return digits < 1_000_000 ? digits < 100_000 ? 5 : 6 : digits < 10_000_000 ? 7 : 8;
        return digits < 1_000_000_000 ? 9 : 10;
    }
}
