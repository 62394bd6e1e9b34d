using System.Text.Json.Serialization;
using Platform.Registry.Requests;
using Platform.Statistics.Metrics;

namespace Platform.Registry.Policies;

/// <summary>What a version of a model must show, beyond that it loads and answers, before it is promoted.</summary>
internal sealed record GatePolicy
{
    private const int MaxMetrics = 100;
    private const int MaxSigns = 20;

    /// <summary>Bounds of measures on the version's labelled reference rows, by the measure's name.</summary>
    public IReadOnlyDictionary<string, MetricBound> Metrics { get; init; } = new Dictionary<string, MetricBound>();

    /// <summary>How it must do beside the version that serves.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IncumbentBound? Incumbent { get; init; }

    /// <summary>How often it must answer as the version that serves does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AgreementBound? Agreement { get; init; }

    /// <summary>How evenly its decisions must fall on the groups of its metadata.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FairnessBound? Fairness { get; init; }

    /// <summary>How fast it must answer a single row here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LatencyBound? Latency { get; init; }

    /// <summary>How large its file may be, in bytes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MetricBound? SizeBytes { get; init; }

    /// <summary>Which way its answers must go with a feature.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ExpectedSign>? ExpectedSigns { get; init; }

    /// <summary>How steady its answers must be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RobustnessBound? Robustness { get; init; }

    /// <summary>Who must have approved it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ApprovalBound? Approvals { get; init; }

    /// <summary>Whether a gate wants the answers of the version that serves.</summary>
    internal bool AsksIncumbent => Incumbent is not null || Agreement is not null;

    /// <summary>Whether a gate wants the version's own answers.</summary>
    internal bool AsksAnswers => Metrics.Count > 0 || AsksIncumbent || Fairness is not null;

    /// <summary>Whether a gate wants answers to rows that are changed a little.</summary>
    internal bool AsksAlteredRows => ExpectedSigns is { Count: > 0 } || Robustness is not null;

    public void Check(FieldProblems problems, string field)
    {
        problems.Require($"{field}.metrics", Metrics.Count <= MaxMetrics, $"must be at most {MaxMetrics}.");
        foreach (var (name, bound) in Metrics)
        {
            problems.Require($"{field}.metrics.{name}", MetricSet.Names.Contains(name),
                $"is no measure that the platform takes; it takes {string.Join(", ", MetricSet.Names)}.");
            MetricBound.Check(problems, $"{field}.metrics.{name}", bound);
        }
        if (SizeBytes is not null) MetricBound.Check(problems, $"{field}.sizeBytes", SizeBytes);
        Incumbent?.Check(problems, $"{field}.incumbent");
        Agreement?.Check(problems, $"{field}.agreement");
        Fairness?.Check(problems, $"{field}.fairness");
        Latency?.Check(problems, $"{field}.latency");
        problems.Require($"{field}.expectedSigns", !(ExpectedSigns?.Count > MaxSigns), $"must be at most {MaxSigns}.");
        for (var i = 0; i < (ExpectedSigns?.Count ?? 0); i++)
        {
            if (ExpectedSigns![i] is { } sign) sign.Check(problems, $"{field}.expectedSigns[{i}]");
            else problems.Add($"{field}.expectedSigns[{i}]", "must be an object.");
        }
        Robustness?.Check(problems, $"{field}.robustness");
        Approvals?.Check(problems, $"{field}.approvals");
    }
}
