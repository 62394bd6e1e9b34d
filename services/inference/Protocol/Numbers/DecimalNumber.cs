using System.Globalization;
using System.Runtime.CompilerServices;

namespace Platform.Inference.Protocol.Numbers;

/// <summary>
/// A JSON number as it stands in the text: the first 19 significant digits and a power of ten. It becomes a binary number
/// without a detour where plain arithmetic is certain to be right (Clinger, "How to read floating point numbers accurately",
/// 1990), and by the runtime's exact parser where it is not.
/// </summary>
internal readonly ref struct DecimalNumber
{
    private const int MaxDigits = 19;

    // Exactly representable as double, so that one multiplication or division rounds once.
    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    private readonly ReadOnlySpan<byte> _text;
    private readonly ulong _digits;
    private readonly int _exponent;
    private readonly bool _negative;
    private readonly bool _exactDigits;

    private DecimalNumber(ReadOnlySpan<byte> text, bool negative, ulong digits, int exponent, bool exactDigits)
    {
        _text = text;
        _negative = negative;
        _digits = digits;
        _exponent = exponent;
        _exactDigits = exactDigits;
    }

    /// <summary>Reads a number by JSON's grammar at <paramref name="position"/>, which moves behind it.</summary>
    public static bool TryScan(ReadOnlySpan<byte> json, ref int position, out DecimalNumber number)
    {
        number = default;
        var start = position;
        var at = start;
        var negative = at < json.Length && json[at] == '-';
        if (negative) at++;

        var whole = at;
        ulong digits = 0;
        at = ReadDigits(json, at, ref digits);
        if (at == whole || (at > whole + 1 && json[whole] == '0')) return false;
        var significant = at - whole;

        var exponent = 0;
        if (at < json.Length && json[at] == '.')
        {
            var fraction = ++at;
            at = ReadDigits(json, at, ref digits);
            if (at == fraction) return false;
            exponent = fraction - at;
            significant += at - fraction;
        }

        if (at < json.Length && (json[at] | 0x20) == 'e' && !TryReadExponent(json, ref at, ref exponent)) return false;
        number = new DecimalNumber(json[start..at], negative, digits, exponent, significant <= MaxDigits);
        position = at;
        return true;
    }

    /// <summary>The nearest FP32, or false when the number is beyond its range.</summary>
    public bool TryToSingle(out float value)
    {
        if (TryApproximate(out var close) && TryRound(close, out value)) return true;
        return float.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);
    }

    /// <summary>The nearest FP64, or false when the number is beyond its range.</summary>
    public bool TryToDouble(out double value)
    {
        if (_exactDigits && (_digits <= 1UL << 53 ? TryApproximate(out value) : TryDivide(out value))) return true;
        return double.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>
    /// The double nearest to <paramref name="digits"/> · 10^-<paramref name="fraction"/>, by a division in twice the precision (Dekker, "A
    /// floating-point technique for extending the available precision", 1971). False where what that leaves out could decide.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDivide(ulong digits, int fraction, out double value)
    {
        const double Error = 1.0 / (1L << 40); // much more than the rest's own, and too little to make many numbers doubtful

        var divisor = PowersOfTen[fraction];
        var high = (double)digits;
        var low = (double)(long)(digits - (ulong)high);
        var quotient = high / divisor;
        var rest = (Math.FusedMultiplyAdd(-quotient, divisor, high) + low) / divisor;
        value = quotient + rest * (1 - Error);
        return value == quotient + rest * (1 + Error);
    }

    private bool TryDivide(out double value)
    {
        value = 0;
        if (_exponent is > 0 or < -22 || !TryDivide(_digits, -_exponent, out var magnitude)) return false;
        value = _negative ? -magnitude : magnitude;
        return true;
    }

    /// <summary>The number to within two units in the last place of a double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryApproximate(out double value)
    {
        value = _digits;
        if (!_exactDigits || (uint)(_exponent + 22) > 44) return false;
        value = _exponent < 0 ? value / PowersOfTen[-_exponent] : value * PowersOfTen[_exponent];
        if (_negative) value = -value;
        return true;
    }

    /// <summary>
    /// Rounds to FP32 unless the double lies so close to the middle between two of them that its own error could decide.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRound(double close, out float value, ulong error = 4)
    {
        const ulong Dropped = 0x1FFFFFFF; // the 29 bits of a double's fraction that an FP32 lacks
        const ulong Middle = 0x10000000;
        const ulong Smallest = 897UL << 52; // the least normal FP32, 2^-126, as a double
        const ulong Range = (1150UL - 897) << 52; // up to 2^127, short of the largest

        value = (float)close;
        var magnitude = BitConverter.DoubleToUInt64Bits(close) & ~(1UL << 63);
        if (magnitude - Smallest >= Range) return magnitude == 0;
        return (magnitude & Dropped) - (Middle - error) > 2 * error;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadDigits(ReadOnlySpan<byte> json, int at, ref ulong digits)
    {
        for (; at < json.Length; at++)
        {
            var digit = (uint)json[at] - '0';
            if (digit > 9) break;
            digits = digits * 10 + digit; // beyond 19 digits this overflows, and the exact parser takes over
        }

        return at;
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> json, ref int at, ref int exponent)
    {
        const int Enough = 100_000; // far beyond any range, and still no overflow

        var negative = ++at < json.Length && json[at] == '-';
        if (at < json.Length && json[at] is (byte)'-' or (byte)'+') at++;
        var first = at;
        var value = 0;
        for (; at < json.Length && json[at] is >= (byte)'0' and <= (byte)'9'; at++)
            value = Math.Min(value * 10 + (json[at] - '0'), Enough);
        exponent += negative ? -value : value;
        return at > first;
    }
}
