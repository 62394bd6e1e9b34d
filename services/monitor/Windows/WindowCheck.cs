using Microsoft.Extensions.Options;
using Platform.Monitor.Baselines;
using Platform.Monitor.Drift;
using Platform.Monitor.Fairness;
using Platform.Monitor.Features;
using Platform.Monitor.Quality;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Windows;

/// <summary>Finds out what there is to say of a window that has ended.</summary>
internal sealed class WindowCheck(IOptions<DriftOptions> drift, IOptions<FairnessOptions> fairness)
{
    private readonly DriftSettings _settings = drift.Value.ToSettings();

    /// <summary>The report; the performance is measured apart, as labels come in.</summary>
    public WindowReport Run(OpenWindow window, long sequence)
    {
        var baseline = window.Baseline;
        return new()
        {
            Sequence = sequence,
            From = window.From,
            To = window.LastAt.AddTicks(1),
            Count = window.Count,
            Quality = QualityCheck.Run(baseline.Features, window.Inputs) with { SampledRows = window.Sampled },
            Drift = Judge(baseline.Features, window.Inputs),
            Prediction = Judge(baseline.PredictionFeatures, window.Answers),
            Fairness = Compare(window),
            System = window.ServiceLevel.ToReport(),
        };
    }

    private WindowFairness? Compare(OpenWindow window) => window.Groups is { } groups && window.Baseline.Fairness is { } plan
        ? FairnessCheck.Run(
            plan, window.Baseline.Labels, new(window.Predictions, new string?[window.Predictions.Count]), groups.Columns, fairness.Value)
        : null;

    // A feature that the reference lacks altogether, as all of them are without a reference, has nothing to differ from.
    private DriftReport? Judge(IReadOnlyList<FeatureBaseline> baselines, FeatureValues[] values)
    {
        var pairs = baselines.Select((baseline, at) => (baseline, current: values[at])).Where(pair => pair.baseline.Rows > 0)
            .Select(pair => new NamedPair(pair.baseline.Feature.Name, pair.baseline.Beside(pair.current))).ToArray();
        if (pairs.Length == 0) return null;
        var verdicts = DriftJudge.Judge(pairs, _settings);
        return DriftReport.Of([.. verdicts.Select((verdict, at) => verdict with { Bins = FeatureBins.OfWindow(pairs[at]) })], _settings);
    }
}
