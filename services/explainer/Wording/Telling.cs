namespace Platform.Explainer.Wording;

/// <summary>What is worth telling of a story, whatever the language.</summary>
internal static class Telling
{
    public const int MostReasons = 3;
    private const int LongestName = 48;

    // A part this much smaller than the largest says little.
    private const double SmallestReason = 0.1;

    /// <summary>The few largest parts that are more than chance, the largest first.</summary>
    public static IReadOnlyList<StoryPart> Reasons(Story story)
    {
        var standing = story.BySize.Where(part => part.StandsOut).ToList();
        return [.. standing.Take(MostReasons).Where(part => Math.Abs(part.Share) >= SmallestReason * Math.Abs(standing[0].Share))];
    }

    public static Certainty Certainty(Story story)
    {
        if (story.Fit is not null) return Wording.Certainty.Fitted;
        if (story.Parts.Any(part => part.Error is not null)) return Wording.Certainty.Estimated;
        return story.Method is "permutation" or "sampling" ? Wording.Certainty.Unknown : Wording.Certainty.Exact;
    }

    public static double LargestError(Story story) => story.Parts.Max(part => part.Error ?? 0);

    /// <summary>A share with its sign and, where there is one, its standard error.</summary>
    public static string Amount(StoryPart part) => part.Error is > 0
        ? $"{ShortNumbers.Signed(part.Share)} ± {ShortNumbers.Short(part.Error.Value)}"
        : ShortNumbers.Signed(part.Share);

    /// <summary>Where a curve is lowest and where it is highest.</summary>
    public static (int Least, int Most) Ends(IReadOnlyList<double> curve)
    {
        var points = Enumerable.Range(0, curve.Count).ToList();
        return (points.MinBy(point => curve[point]), points.MaxBy(point => curve[point]));
    }

    /// <summary>How far the row moves that moves most.</summary>
    public static double LargestMove(CurveStory story) => story.Lines.Max(line => line.Max() - line.Min());

    /// <summary>The number behind a class; by its name where it is not the class's own, as the one score of two classes is not the negative one's.</summary>
    public static string Number(Outcome outcome) =>
        outcome.Output == outcome.Class ? ShortNumbers.Short(outcome.Number) : $"{Cut(outcome.Output)} = {ShortNumbers.Short(outcome.Number)}";

    /// <summary>A feature between bounds as it is written everywhere: 1 &lt; age ≤ 2.</summary>
    public static string Between(Condition condition) => (condition.Above, condition.UpTo) switch
    {
        ({ } above, { } upTo) => $"{ShortNumbers.Exact(above)} < {condition.Feature} ≤ {ShortNumbers.Exact(upTo)}",
        ({ } above, null) => $"{condition.Feature} > {ShortNumbers.Exact(above)}",
        (null, { } upTo) => $"{condition.Feature} ≤ {ShortNumbers.Exact(upTo)}",
        _ => condition.Feature,
    };

    /// <summary>A range of numbers, both ends included.</summary>
    public static string Between(double? from, double? to) => (from, to) switch
    {
        ({ } low, { } high) => $"{ShortNumbers.Exact(low)} … {ShortNumbers.Exact(high)}",
        ({ } low, null) => $"≥ {ShortNumbers.Exact(low)}",
        (_, { } high) => $"≤ {ShortNumbers.Exact(high)}",
        _ => "",
    };

    /// <summary>At most 48 characters of a name.</summary>
    public static string Cut(string name)
    {
        if (name.Length <= LongestName) return name;
        var end = char.IsHighSurrogate(name[LongestName - 2]) ? LongestName - 2 : LongestName - 1;
        return $"{name.AsSpan(0, end)}…";
    }
}
