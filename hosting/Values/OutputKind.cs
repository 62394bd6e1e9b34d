namespace Platform.Hosting.Values;

/// <summary>What a row of the output that holds a prediction is.</summary>
public enum OutputKind
{
    /// <summary>Nothing that could be compared with a label.</summary>
    Opaque,

    /// <summary>Of two classes the positive one's score, or one for either class; a threshold decides.</summary>
    TwoScores,

    /// <summary>A score for each of several classes; the highest decides.</summary>
    Scores,

    /// <summary>A class by name or number, without a score.</summary>
    Class,

    /// <summary>A number, for regression and ranking.</summary>
    Number,
}
