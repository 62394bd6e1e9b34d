namespace Platform.Explainer.Decisions;

/// <summary>Numbers from one end to the other, both included; an end that is absent is open.</summary>
internal sealed record NumberRange
{
    /// <summary>The least of them.</summary>
    public double? From { get; init; }

    /// <summary>The largest of them.</summary>
    public double? To { get; init; }

    public bool IsEmpty => From > To || (From is null && To is null);

    public bool Holds(double number) => number >= (From ?? double.NegativeInfinity) && number <= (To ?? double.PositiveInfinity);
}
