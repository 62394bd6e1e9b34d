using Platform.Explainer.Rows;

namespace Platform.Explainer.References;

/// <summary>Which reference rows are looked at, and which of the model's numbers.</summary>
internal sealed record TableQuestion
{
    /// <summary>The output tensor; null for the one that the version's metadata names, or the first of floating point.</summary>
    public string? Output { get; init; }

    /// <summary>Positions in its last dimension; null for all.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>The most rows, chosen by the seed.</summary>
    public int Rows { get; init; }

    /// <summary>Decides every random choice.</summary>
    public long Seed { get; init; }

    /// <summary>Whether only labelled rows are taken, where there are some.</summary>
    public bool WantsLabels { get; init; }

    /// <summary>A row of the caller's to look at beside them; null for none.</summary>
    public IReadOnlyList<GivenTensor>? Row { get; init; }
}
