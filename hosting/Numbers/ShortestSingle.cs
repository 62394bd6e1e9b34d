using System.Numerics;

namespace Platform.Hosting.Numbers;

/// <summary>
/// The shortest decimal that reads back as the same FP32, by Schubfach (R. Giulietti, "The Schubfach way to render doubles",
/// 2022) for single precision. The text is that of .NET's own round-trip format, several times as fast.
/// </summary>
public static class ShortestSingle
{
    /// <summary>The longest text, for example -1.17549435E-38.</summary>
    public const int MaxLength = 16;

    private const int FractionBits = 23;
    private const int Bias = 150;
    private const int MinPower = -31;
    private const int MaxPower = 45;

    /// <summary>Powers of ten as 64 bits, rounded up, most significant bit set.</summary>
    private static readonly ulong[] Powers = [.. Enumerable.Range(MinPower, MaxPower - MinPower + 1).Select(Power)];

    /// <summary>Writes a finite number and returns the length of its text.</summary>
    public static int Format(float value, Span<byte> target)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        var at = 0;
        if (bits >> 31 != 0) target[at++] = (byte)'-';
        var magnitude = bits & 0x7FFFFFFF;
        if (magnitude == 0)
        {
            target[at++] = (byte)'0';
            return at;
        }

        var (digits, exponent) = ToDecimal(magnitude & ((1u << FractionBits) - 1), (int)(magnitude >> FractionBits));
        return at + DecimalText.Write(digits, exponent, target[at..]);
    }

    private static (uint Digits, int Exponent) ToDecimal(uint fraction, int biasedExponent)
    {
        var c = biasedExponent == 0 ? fraction : fraction | 1u << FractionBits;
        var q = Math.Max(biasedExponent, 1) - Bias;
        if (biasedExponent != 0 && q is <= 0 and > -24 && (c & ((1u << -q) - 1)) == 0) return (c >> -q, 0); // a small whole number

        var isEven = (c & 1) == 0;
        var lowerIsCloser = fraction == 0 && biasedExponent > 1;
        var k = (q * 1262611 - (lowerIsCloser ? 524031 : 0)) >> 22; // floor(log10 of the interval's width)
        var h = q + ((-k * 1741647) >> 19) + 1;
        var power = Powers[-k - MinPower];
        var lower = Scale(power, (4 * c - 2 + (lowerIsCloser ? 1u : 0)) << h) + (isEven ? 0u : 1);
        var middle = Scale(power, (4 * c) << h);
        var upper = Scale(power, (4 * c + 2) << h) - (isEven ? 0u : 1);
        return Choose(lower, middle, upper, k);
    }

    /// <summary>The shortest decimal between the bounds, given in quarters; of two, the one closer to the middle.</summary>
    private static (uint Digits, int Exponent) Choose(uint lower, uint middle, uint upper, int k)
    {
        var s = middle / 4;
        if (s >= 10)
        {
            var tens = s / 10;
            var below = lower <= 40 * tens;
            var above = 40 * tens + 40 <= upper;
            if (below != above) return (tens + (above ? 1u : 0), k + 1);
        }

        var fits = lower <= 4 * s;
        var nextFits = 4 * s + 4 <= upper;
        if (fits != nextFits) return (s + (nextFits ? 1u : 0), k);
        var half = 4 * s + 2;
        var roundUp = middle > half || (middle == half && (s & 1) != 0);
        return (s + (roundUp ? 1u : 0), k);
    }

    /// <summary>The product's upper bits, rounded to odd, so that a later rounding is still right.</summary>
    private static uint Scale(ulong power, uint c)
    {
        var low = (ulong)(uint)power * c;
        var high = (power >> 32) * c + (low >> 32);
        return (uint)(high >> 32) | ((uint)high > 1 ? 1u : 0);
    }

    private static ulong Power(int exponent)
    {
        var ten = BigInteger.Pow(10, Math.Abs(exponent));
        if (exponent >= 0)
        {
            var excess = (int)ten.GetBitLength() - 64;
            if (excess <= 0) return (ulong)(ten << -excess);
            var (quotient, rest) = BigInteger.DivRem(ten, BigInteger.One << excess);
            return (ulong)quotient + (rest.IsZero ? 0u : 1);
        }

        var shift = 63 + (int)ten.GetBitLength();
        var inverse = (BigInteger.One << shift) / ten;
        return (ulong)(inverse >> ((int)inverse.GetBitLength() - 64)) + 1;
    }
}
