namespace Platform.Monitor.Quality;

/// <summary>What is wrong with the inputs of a window.</summary>
/// <param name="WorstShare">The largest <see cref="FeatureQuality.Share"/> of all features; null where nothing was observed.</param>
/// <param name="Features">Feature for feature.</param>
internal sealed record QualityReport(double? WorstShare, IReadOnlyList<FeatureQuality> Features)
{
    /// <summary>
    /// Rows of requests so large that the log holds a sample of their elements: the others have not been looked at, for drift
    /// neither.
    /// </summary>
    public int SampledRows { get; init; }
}

/// <summary>What is wrong with one feature.</summary>
internal sealed record FeatureQuality
{
    public required string Name { get; init; }

    /// <summary>Cells that were looked at.</summary>
    public int Observed { get; init; }

    /// <summary>Null, NaN or infinite.</summary>
    public int Missing { get; init; }

    /// <summary>Below the smallest or above the largest number of the reference.</summary>
    public int OutOfRange { get; init; }

    /// <summary>A category that neither the reference nor the version's author knows.</summary>
    public int UnseenCategory { get; init; }

    /// <summary>Share of the cells with any of these, beyond what the reference itself would show, if that is more than chance makes of it; null without a cell.</summary>
    public double? Share { get; init; }
}
