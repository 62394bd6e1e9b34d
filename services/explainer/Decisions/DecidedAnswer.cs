namespace Platform.Explainer.Decisions;

/// <summary>What an answer of the model is taken for.</summary>
internal sealed record DecidedAnswer
{
    /// <summary>The class; null where it is about a range.</summary>
    public string? Class { get; init; }

    /// <summary>The range that answers are compared with; null where it is about classes.</summary>
    public NumberRange? Range { get; init; }

    /// <summary>Whether the answer lies within the range; null where it is about classes.</summary>
    public bool? IsWithinRange { get; init; }

    /// <summary>Which of <c>outputNames</c> tells most of it: the class's own number, or the one that decides.</summary>
    public string Output { get; init; } = "";
}
