namespace Platform.Explainer.Wording;

/// <summary>A row and the nearest ones that are decided otherwise: all that is told and drawn of them.</summary>
internal sealed record ChangeStory
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>The row as it is.</summary>
    public Outcome Now { get; init; } = new(null, "", 0);

    /// <summary>Other rows, the nearest first.</summary>
    public IReadOnlyList<Way> Ways { get; init; } = [];

    /// <summary>Rows that the model has answered.</summary>
    public long Evaluations { get; init; }
}
