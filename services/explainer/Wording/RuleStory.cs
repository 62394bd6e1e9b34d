namespace Platform.Explainer.Wording;

/// <summary>A rule under which a row's decision hardly changes: all that is told and drawn of it.</summary>
internal sealed record RuleStory
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>What the row is answered.</summary>
    public Outcome Now { get; init; } = new(null, "", 0);

    /// <summary>The range that decides and whether the answer lies in it; null where classes decide.</summary>
    public (double? From, double? To, bool IsWithin)? Range { get; init; }

    /// <summary>What holds of the row, each in the form that it is read in: the feature, and what is said of it.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    public double Precision { get; init; }

    public double PrecisionLow { get; init; }

    public double PrecisionHigh { get; init; }

    public double Coverage { get; init; }

    /// <summary>Whether it is as precise as was asked for.</summary>
    public bool IsReached { get; init; }
}
