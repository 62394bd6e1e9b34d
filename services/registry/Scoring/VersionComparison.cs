using Platform.Statistics.Metrics;
using Platform.Statistics.PairedTests;
using Platform.Statistics.Performance;

namespace Platform.Registry.Scoring;

/// <summary>Compares two versions on the rows that have a label and that both have answered.</summary>
internal sealed class VersionComparison
{
    // A thousand samples of these take seconds. Of more rows those in even steps are taken, which costs certainty and feigns none.
    private const int MostRowsDrawn = 5_000;

    private readonly LabelScheme _candidateLabels;
    private readonly LabelScheme _incumbentLabels;
    private readonly ComparedRow[] _rows;

    public VersionComparison(AnsweredRows candidate, AnsweredRows incumbent)
    {
        (_candidateLabels, _incumbentLabels) = (candidate.Labels, incumbent.Labels);
        _rows = [.. Enumerable.Range(0, Math.Min(candidate.Outcomes.Labels.Count, incumbent.Outcomes.Labels.Count))
            .Where(row => IsKnown(candidate.Outcomes, row) && IsKnown(incumbent.Outcomes, row))
            .Select(row => new ComparedRow(candidate.Outcomes.Predictions[row], incumbent.Outcomes.Predictions[row],
                candidate.Outcomes.Labels[row]!, incumbent.Outcomes.Labels[row]!))];
    }

    /// <summary>The rows that are compared.</summary>
    public int Rows => _rows.Length;

    /// <summary>Rows on which the candidate alone is right.</summary>
    public int OnlyCandidateRight => _rows.Count(row => row.Candidate.Class == row.CandidateLabel && row.Incumbent.Class != row.IncumbentLabel);

    /// <summary>Rows on which the incumbent alone is right.</summary>
    public int OnlyIncumbentRight => _rows.Count(row => row.Candidate.Class != row.CandidateLabel && row.Incumbent.Class == row.IncumbentLabel);

    /// <summary>A measure of either on these rows; NaN where it is not defined.</summary>
    public (double Candidate, double Incumbent) Measure(string metric) => Measure(metric, _rows);

    /// <summary>Whether the candidate is no worse by the margin: by the test that fits the measure.</summary>
    public PairedComparison Compare(string metric, double margin, double confidence) => metric switch
    {
        "accuracy" => McNemarScore.Compare(Rows, OnlyCandidateRight, OnlyIncumbentRight, margin, confidence),
        "roc_auc" => DeLong.Compare(
            Array.ConvertAll(_rows, row => row.CandidateLabel == _candidateLabels.Positive),
            Array.ConvertAll(_rows, row => row.Candidate.Score), Array.ConvertAll(_rows, row => row.Incumbent.Score), margin, confidence),
        _ => Draw(metric, margin, confidence),
    };

    private PairedComparison Draw(string metric, double margin, double confidence)
    {
        var step = (int)Math.Ceiling(_rows.Length / (double)MostRowsDrawn);
        var rows = _rows.Where((_, row) => row % step == 0).ToArray();
        return PairedBootstrap.Compare(rows.Length, Difference, margin, confidence);

        double Difference(int[] drawn)
        {
            var (candidate, incumbent) = Measure(metric, Array.ConvertAll(drawn, row => rows[row]));
            return MetricDirection.Improvement(metric, candidate, incumbent);
        }
    }

    private (double Candidate, double Incumbent) Measure(string metric, ComparedRow[] rows) => (
        Value(metric, _candidateLabels, new(Array.ConvertAll(rows, row => row.Candidate), Array.ConvertAll(rows, row => row.CandidateLabel))),
        Value(metric, _incumbentLabels, new(Array.ConvertAll(rows, row => row.Incumbent), Array.ConvertAll(rows, row => row.IncumbentLabel))));

    private static double Value(string metric, LabelScheme labels, Outcomes outcomes) =>
        outcomes.Labels.Count > 0 && TaskMetrics.Measure(labels, outcomes)?.Values.TryGetValue(metric, out var value) == true ? value : double.NaN;

    private static bool IsKnown(Outcomes outcomes, int row) =>
        outcomes.Labels[row] is not null && outcomes.Predictions[row].IsKnown;

    private sealed record ComparedRow(Prediction Candidate, Prediction Incumbent, string CandidateLabel, string IncumbentLabel);
}
