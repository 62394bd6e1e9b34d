namespace Platform.Contracts.Monitor;

/// <summary>What came of the answers of one version by one route: the business outcomes of one name that callers have reported.</summary>
public sealed record OutcomeCount
{
    /// <summary>The outcome's name, as conversion or revenue.</summary>
    public string Name { get; init; } = "";

    /// <summary>Answered rows of which it was reported.</summary>
    public long Count { get; init; }

    /// <summary>Those of them whose value is 0 or 1: where it is all of them, the outcome is a yes or no.</summary>
    public long ZeroOrOne { get; init; }

    /// <summary>The sum of the values.</summary>
    public double Sum { get; init; }

    /// <summary>The sum of the squares of the values.</summary>
    public double SumOfSquares { get; init; }
}
