using Platform.Registry.Requests;

namespace Platform.Registry.Gates;

/// <summary>What a version of a model must show, beyond that it loads and answers, before it is promoted.</summary>
internal sealed record GatePolicy
{
    private const int MaxMetrics = 100;

    /// <summary>Bounds for the metrics that an author gives in a version's metadata, by name.</summary>
    public IReadOnlyDictionary<string, MetricBound> Metrics { get; init; } = new Dictionary<string, MetricBound>();

    public void Check(FieldProblems problems, string field)
    {
        problems.Require($"{field}.metrics", Metrics.Count <= MaxMetrics, $"must be at most {MaxMetrics}.");
        foreach (var (name, bound) in Metrics) CheckBound(problems, $"{field}.metrics.{name}", bound);
    }

    private static void CheckBound(FieldProblems problems, string field, MetricBound? bound)
    {
        var (least, most) = (bound?.AtLeast, bound?.AtMost);
        problems.Require(field, least is not null || most is not null, "needs atLeast, atMost or both.");
        problems.Require(field, double.IsFinite(least ?? 0) && double.IsFinite(most ?? 0), "must be finite numbers.");
        problems.Require(field, !(least > most), "has atLeast above atMost.");
    }
}
