namespace Platform.Contracts.Monitor;

/// <summary>How the requests to one version have fared that came to it by one route.</summary>
public sealed record RouteCount
{
    /// <summary>
    /// Bounds between the buckets of <see cref="LatencyCounts"/>: bucket 0 ends at this many milliseconds, and each ends at
    /// <see cref="LatencyGrowth"/> times the one before it.
    /// </summary>
    public const double FirstLatencyMs = 0.0625;

    /// <summary>Eight buckets to each doubling, so that a quantile is known to within 9 %.</summary>
    public const double LatencyGrowth = 1.0905077326652577;

    /// <summary>The most buckets: the last of them has no end.</summary>
    public const int LatencyBuckets = 176;

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>champion, challenger, shadow, another alias, or version where it was named by number.</summary>
    public string Route { get; init; } = "";

    /// <summary>Requests that were answered or at which the model failed.</summary>
    public long Requests { get; init; }

    /// <summary>Those of them at which the model failed.</summary>
    public long Errors { get; init; }

    /// <summary>
    /// Answered requests by how long they took, counts by bucket; buckets behind the last that has any are left out. Bucket i takes what is not above
    /// 0.0625 ms times 2 to the power of i/8, and above the bound before it; there are 176 at most, of which the last has no bound.
    /// </summary>
    public IReadOnlyList<long> LatencyCounts { get; init; } = [];

    /// <summary>Answered rows with a true label, of a version that answers with classes.</summary>
    public long Labelled { get; init; }

    /// <summary>Those of them whose label is the class that was answered.</summary>
    public long Correct { get; init; }

    /// <summary>What came of the answers, by the outcomes' names; empty where nothing was reported.</summary>
    public IReadOnlyList<OutcomeCount> Outcomes { get; init; } = [];
}
