namespace Platform.Explainer.Decisions;

/// <summary>Numbers from one end to the other, both included; an end that is absent is open.</summary>
internal sealed record NumberRange
{
    /// <summary>The least of them.</summary>
    public double? From { get; init; }

    /// <summary>The largest of them.</summary>
    public double? To { get; init; }

    public bool IsEmpty => From > To || (From is null && To is null);

    /// <summary>Whether no end is a number that is too large for a double.</summary>
    public bool IsFinite => double.IsFinite(From ?? 0) && double.IsFinite(To ?? 0);

    public bool Holds(double number) => number >= (From ?? double.NegativeInfinity) && number <= (To ?? double.PositiveInfinity);
}
