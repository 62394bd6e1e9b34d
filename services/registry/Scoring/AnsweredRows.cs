using Platform.Contracts.Registry;
using Platform.Statistics.Metrics;
using Platform.Statistics.Performance;

namespace Platform.Registry.Scoring;

/// <summary>A version's answers to a table of rows, beside what is known to be true of them.</summary>
/// <param name="Version">The version that was asked.</param>
/// <param name="Labels">What labels mean to it.</param>
/// <param name="Outcomes">One prediction and one label for each row.</param>
/// <param name="Groups">As many: the group of the version's fairness definition that a row belongs to; null where to neither.</param>
internal sealed record AnsweredRows(ModelVersionDescription Version, LabelScheme Labels, Outcomes Outcomes, IReadOnlyList<string?> Groups)
{
    private readonly Lazy<MetricSet?> _metrics = new(() => TaskMetrics.Measure(Labels, Outcomes));

    /// <summary>Rows that have a label and an answer to compare it with.</summary>
    public int Labelled { get; } = Outcomes.Labelled().Count();

    /// <summary>How good the answers are, by the version's task; null where nobody has said what the task is.</summary>
    public MetricSet? Metrics => Labelled == 0 ? null : _metrics.Value;
}
