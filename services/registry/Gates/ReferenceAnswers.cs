namespace Platform.Registry.Gates;

/// <summary>How a version did on its reference rows.</summary>
internal sealed record ReferenceAnswers
{
    /// <summary>Rows that were answered with finite numbers.</summary>
    public int Answered { get; set; }

    /// <summary>Rows that cannot be asked, because they lack a value that the input's type cannot leave out.</summary>
    public int Skipped { get; set; }

    /// <summary>The first thing that went wrong, for a person.</summary>
    public string? Problem { get; set; }
}
