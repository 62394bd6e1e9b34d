namespace Platform.Explainer.Wording;

/// <summary>Words that stand alone in pictures and on pages about decisions.</summary>
internal sealed record DecisionLabels
{
    public required string AsItIs { get; init; }

    public required string Answer { get; init; }

    public required string Distance { get; init; }

    public required string Condition { get; init; }

    public required string Always { get; init; }

    public required string Precision { get; init; }

    public required string Coverage { get; init; }

    public required string NothingFound { get; init; }
}
