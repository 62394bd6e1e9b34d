using System.Numerics;
using System.Runtime.CompilerServices;

namespace Platform.Inference.Protocol.Numbers;

/// <summary>Whole numbers of up to 16 digits.</summary>
internal readonly struct WholeNumber<T> : IEverydayNumber<T> where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private const int MaxDigits = 16;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ref byte text, int start, int end, out T value)
    {
        value = default;
        var isNegative = !T.IsZero(T.MinValue) && Unsafe.Add(ref text, start) == '-';
        var first = isNegative ? start + 1 : start;
        if (end - first is < 1 or > MaxDigits || !Digits.TryReadWhole(ref Unsafe.Add(ref text, first), end - first, out var whole)) return false;

        value = T.CreateTruncating(isNegative ? 0 - whole : whole);
        return whole <= ulong.CreateTruncating(T.MaxValue);
    }
}
