using Platform.Hosting.Values;
using Platform.Monitor.Baselines;
using Platform.Statistics.Performance;
using Platform.Statistics.Samples;

namespace Platform.Monitor.GroundTruth;

/// <summary>Which predictions count as errors.</summary>
internal static class RowErrors
{
    /// <summary>
    /// Whether a prediction was wrong: another class, or a number that misses by more than the version does on average where it is known to be
    /// good; null where there is nothing to compare.
    /// </summary>
    public static bool? Of(Baseline baseline, Prediction prediction, string label)
    {
        if (baseline.Labels.Task != ModelTask.Regression)
            return prediction.Class is null ? null : prediction.Class != label;
        if (baseline.Performance is not { } known || !prediction.Value.IsFinite)
            return null;
        return Math.Abs(prediction.Value.Less(ExactNumber.Parse(label))) > known.Losses.Mean;
    }
}
