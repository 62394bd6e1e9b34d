namespace Platform.Explainer.Domains;

/// <summary>The values that a feature has in the reference rows.</summary>
internal sealed record FeatureDomain
{
    private const double LargestExponent = 15;

    // What differs by less is equal: distances in such a unit would be larger than any number.
    private const double LeastScale = 1e-100;

    /// <summary>The feature's name.</summary>
    public required string Name { get; init; }

    public required DomainKind Kind { get; init; }

    /// <summary>Whether the input can hold fractions, even where all values are whole.</summary>
    public bool HoldsFractions { get; init; }

    /// <summary>Whether the version's metadata hide it from the log: it is neither changed nor named then.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The values of the reference rows, ascending; missing ones are left out.</summary>
    public required double[] Sorted { get; init; }

    /// <summary>Of a category every value that is known, ascending; else empty.</summary>
    public double[] Categories { get; init; } = [];

    /// <summary>The least and the largest number that the input's datatype holds.</summary>
    public (double Least, double Most) Bounds { get; init; } = (double.MinValue, double.MaxValue);

    /// <summary>What a change is measured in: the median absolute deviation, or where half of the rows are equal the mean one; never 0.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Between two numbers that are easily said: 1 of whole ones, else a hundredth of the scale's power of ten.</summary>
    public double Step => Kind == DomainKind.Whole ? 1 : Math.Pow(10, -Digits);

    private int Digits => (int)Math.Clamp(2 - Math.Floor(Math.Log10(Scale)), -LargestExponent, LargestExponent);

    /// <summary>The nearest number that is easily said.</summary>
    public double Snap(double value)
    {
        if (Kind == DomainKind.Whole) return Math.Round(value);
        return Digits >= 0 ? Math.Round(value, Digits) : Math.Round(value / Step) * Step;
    }

    /// <summary>How far one value is from another: of categories, and from a missing one, 1.</summary>
    public double Distance(double from, double to)
    {
        if (from.Equals(to)) return 0;
        return Kind == DomainKind.Category || double.IsNaN(from) || double.IsNaN(to) ? 1 : Math.Abs(from - to) / Scale;
    }

    /// <summary>The median absolute deviation from the median; the mean one where that is 0; 1 where all are equal.</summary>
    public static double ScaleOf(double[] sorted)
    {
        if (sorted.Length == 0) return 1;
        var median = sorted[sorted.Length / 2];
        var deviations = sorted.Select(value => Math.Abs(value - median)).Order().ToArray();
        var scale = deviations[deviations.Length / 2] is > 0 and var mad ? mad : deviations.Average();
        return scale >= LeastScale && double.IsFinite(scale) ? scale : 1;
    }
}
