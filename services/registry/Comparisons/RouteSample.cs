using Platform.Contracts.Monitor;

namespace Platform.Registry.Comparisons;

/// <summary>How the requests of one version have fared by one route, over a time.</summary>
internal sealed record RouteSample(long Requests, long Errors, IReadOnlyList<long> Latency, long Labelled, long Correct)
{
    public static RouteSample None { get; } = new(0, 0, [], 0, 0);

    /// <summary>What came of the answers, by name.</summary>
    public IReadOnlyList<OutcomeCount> Outcomes { get; init; } = [];

    /// <summary>What a message says of a version's route: nothing where it is not in it.</summary>
    public static RouteSample Of(RoutesCounted? counted, string version, string route)
    {
        var count = counted?.Routes.FirstOrDefault(count => count.Version == version && count.Route == route);
        return count is null ? None : new(count.Requests, count.Errors, count.LatencyCounts, count.Labelled, count.Correct)
        {
            Outcomes = count.Outcomes,
        };
    }

    /// <summary>What has come since <paramref name="before"/>. Never less than nothing: whoever counts may have begun anew.</summary>
    public RouteSample Since(RouteSample before) => new(
        Math.Max(0, Requests - before.Requests), Of(Errors - before.Errors, Requests - before.Requests),
        [.. Latency.Select((count, bucket) => Math.Max(0, count - (bucket < before.Latency.Count ? before.Latency[bucket] : 0)))],
        Math.Max(0, Labelled - before.Labelled), Of(Correct - before.Correct, Labelled - before.Labelled))
    {
        Outcomes = [.. Outcomes.Select(outcome => Since(outcome, before.OutcomeOf(outcome.Name)))],
    };

    /// <summary>The outcome of a name: of none where nothing was reported.</summary>
    public OutcomeCount OutcomeOf(string name) => Outcomes.FirstOrDefault(outcome => outcome.Name == name) ?? new OutcomeCount { Name = name };

    /// <summary>The bucket that holds a quantile; -1 without any request.</summary>
    public int BucketOf(double quantile)
    {
        var (total, seen) = (Latency.Sum(), 0L);
        for (var bucket = 0; bucket < Latency.Count; bucket++)
            if ((seen += Latency[bucket]) >= quantile * total && total > 0) return bucket;
        return -1;
    }

    /// <summary>Requests slower than where a bucket ends, of all that were answered.</summary>
    public Proportion SlowerThan(int bucket) => new(Latency.Skip(bucket + 1).Sum(), Latency.Sum());

    private static OutcomeCount Since(OutcomeCount outcome, OutcomeCount before) => outcome.Count <= before.Count
        ? new OutcomeCount { Name = outcome.Name }
        : new OutcomeCount
        {
            Name = outcome.Name,
            Count = outcome.Count - before.Count,
            ZeroOrOne = Of(outcome.ZeroOrOne - before.ZeroOrOne, outcome.Count - before.Count),
            Sum = outcome.Sum - before.Sum,
            SumOfSquares = Math.Max(0, outcome.SumOfSquares - before.SumOfSquares),
        };

    /// <summary>A part, which is never more than what it is a part of.</summary>
    private static long Of(long part, long whole) => Math.Clamp(part, 0, Math.Max(0, whole));
}
