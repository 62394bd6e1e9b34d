namespace Platform.Registry.Gates;

/// <summary>What a version of a model must show, beyond that it loads and answers, before it is promoted.</summary>
internal sealed record GatePolicy
{
    private const int MaxMetrics = 100;

    /// <summary>Bounds for the metrics that an author gives in a version's metadata, by name.</summary>
    public IReadOnlyDictionary<string, MetricBound> Metrics { get; init; } = new Dictionary<string, MetricBound>();

    public void Check(FieldProblems problems, string field)
    {
        if (Metrics is null)
        {
            problems.Add($"{field}.metrics", "must be an object.");
            return;
        }
        problems.Require($"{field}.metrics", Metrics.Count <= MaxMetrics, $"must be at most {MaxMetrics}.");
        foreach (var (name, bound) in Metrics) CheckBound(problems, $"{field}.metrics.{name}", bound);
    }

    private static void CheckBound(FieldProblems problems, string field, MetricBound? bound)
    {
        if (bound is null or { AtLeast: null, AtMost: null }) problems.Add(field, "needs atLeast, atMost or both.");
        else if (!double.IsFinite(bound.AtLeast ?? 0) || !double.IsFinite(bound.AtMost ?? 0)) problems.Add(field, "must be finite numbers.");
        else problems.Require(field, !(bound.AtLeast > bound.AtMost), "has atLeast above atMost.");
    }
}
