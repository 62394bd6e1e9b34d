namespace Platform.Explainer.Wording;

/// <summary>Words that stand alone in pictures and on the page.</summary>
internal sealed record Labels
{
    public required string Prediction { get; init; }

    public required string Average { get; init; }

    public required string Unexplained { get; init; }

    public required string Raises { get; init; }

    public required string Lowers { get; init; }

    public required string Input { get; init; }

    public required string Feature { get; init; }

    public required string Value { get; init; }

    public required string Share { get; init; }

    public required string Importance { get; init; }

    public required string Rows { get; init; }

    public required string StandardError { get; init; }

    public required string Method { get; init; }

    public required string Evaluations { get; init; }

    public required string Seed { get; init; }

    public required string Background { get; init; }
}
