using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Platform.Onnx.RowFlow;

/// <summary>
/// How many elements a dimension has, as a product: a fraction of whole numbers times powers of sizes that are only known when the
/// model runs. One of those is the number of rows.
/// </summary>
internal sealed class Size : IEquatable<Size>
{
    private readonly (int Symbol, int Power)[] _powers;

    private Size(BigInteger numerator, BigInteger denominator, (int, int)[] powers)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator < 0) divisor = -divisor;
        (Numerator, Denominator, _powers) = (numerator / divisor, denominator / divisor, powers);
        if (numerator.IsZero) (Denominator, _powers) = (BigInteger.One, []);
        if (Numerator < long.MinValue || Numerator > long.MaxValue || Denominator > long.MaxValue)
            throw new OverflowException("A size is too large.");
    }

    public static Size One { get; } = Of(1);

    /// <summary>The number of rows.</summary>
    public static Size Rows { get; } = Unknown(0);

    private BigInteger Numerator { get; }

    private BigInteger Denominator { get; }

    public bool IsOne => IsNumber(out var number) && number == 1;

    /// <summary>Whether it changes with the number of rows.</summary>
    public bool CountsRows => _powers.Length > 0 && _powers[0].Symbol == 0;

    /// <summary>Whether it is a whole number of times a product of sizes, and not a fraction of them.</summary>
    public bool IsWhole => Denominator.IsOne && _powers.All(power => power.Power > 0);

    public IEnumerable<int> Symbols => _powers.Select(power => power.Symbol);

    public static Size Of(long number) => new(number, BigInteger.One, []);

    /// <summary>A size that is only known when the model runs.</summary>
    public static Size Unknown(int symbol) => new(BigInteger.One, BigInteger.One, [(symbol, 1)]);

    public static Size operator *(Size left, Size right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator, Combine(left._powers, right._powers, 1));

    /// <summary>The product of all.</summary>
    public static Size Product(IEnumerable<Size> sizes) => sizes.Aggregate(One, (product, size) => product * size);

    /// <summary>One size divided by another; null for a division by 0.</summary>
    public static Size? Divide(Size left, Size right) => right.Numerator.IsZero
        ? null
        : new(left.Numerator * right.Denominator, left.Denominator * right.Numerator, Combine(left._powers, right._powers, -1));

    /// <summary>The number, where it is known and whole.</summary>
    public bool IsNumber(out long number)
    {
        number = _powers.Length == 0 && Denominator.IsOne ? (long)Numerator : 0;
        return _powers.Length == 0 && Denominator.IsOne;
    }

    /// <summary>Whether it is a number, whole or not.</summary>
    public bool IsNumeric => _powers.Length == 0;

    public bool Equals([NotNullWhen(true)] Size? other) =>
        other is not null && Numerator == other.Numerator && Denominator == other.Denominator
            && _powers.AsSpan().SequenceEqual(other._powers);

    public override bool Equals(object? obj) => Equals(obj as Size);

    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator, _powers.Length);

    public override string ToString() =>
        $"{Numerator}/{Denominator}{string.Concat(_powers.Select(power => $"*s{power.Symbol}^{power.Power}"))}";

    private static (int Symbol, int Power)[] Combine((int Symbol, int Power)[] left, (int Symbol, int Power)[] right, int sign)
    {
        if (right.Length == 0) return left;
        var powers = new SortedDictionary<int, int>();
        foreach (var (symbol, power) in left) powers[symbol] = power;
        foreach (var (symbol, power) in right) powers[symbol] = powers.GetValueOrDefault(symbol) + sign * power;
        return [.. powers.Where(power => power.Value != 0).Select(power => (power.Key, power.Value))];
    }
}
