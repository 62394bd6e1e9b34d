namespace Platform.Explainer.Wording;

/// <summary>The importances of everything or of one label: all that is told and drawn of them.</summary>
internal sealed record ImportanceStory
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>The class or output; null for all of them.</summary>
    public string? Label { get; init; }

    /// <summary>A value of <see cref="Importance.ImportanceMeasure"/>.</summary>
    public string Measure { get; init; } = "";

    /// <summary>The metric with every feature as it is; null where none is measured.</summary>
    public double? Baseline { get; init; }

    /// <summary>Rows that tell of it.</summary>
    public int Rows { get; init; }

    /// <summary>Every feature with its importance, the largest first; those of which no row tells are left out.</summary>
    public IReadOnlyList<StoryPart> Parts { get; init; } = [];

    /// <summary>Those whose importance is more than chance.</summary>
    public IEnumerable<StoryPart> Standing => Parts.Where(part => part.Share > 0 && part.StandsOut);
}
