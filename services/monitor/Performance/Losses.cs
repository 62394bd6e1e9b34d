using Platform.Hosting.Values;
using Platform.Statistics.Distributions;
using Platform.Statistics.Performance;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Performance;

/// <summary>
/// What each row's error costs: 1 for a wrong class, the distance for a number. Its mean is one minus the accuracy, or the
/// mean absolute error, so one test of means tells for every task whether a model has become worse.
/// </summary>
/// <param name="Moments">Of the rows' losses.</param>
internal readonly record struct Losses(Moments Moments)
{
    /// <summary>Rows; 0 for a mean that is taken as known.</summary>
    public int Count => Moments.Count;

    /// <summary>Mean loss; NaN without rows.</summary>
    public double Mean => Moments.Mean;

    /// <summary>The share of rows without a loss, where each costs 0 or 1: the accuracy, to its last digit.</summary>
    public double ShareRight => Count > 0 ? Math.Round(Count * (1 - Mean)) / Count : 1 - Mean;

    // The error of the mean; a mean that is taken as known has none, and one row tells nothing of it.
    private double SquaredError => Count > 1 ? Moments.SampleVariance / Count : 0;

    public static Losses Of(LabelScheme labels, Outcomes outcomes)
    {
        var losses = outcomes.Labelled().Select(row => OfRow(labels, row.Prediction, row.Label)).ToArray();
        return new(new NumericalSample(losses).Moments);
    }

    /// <summary>The mean that an author measured elsewhere, taken as exact.</summary>
    public static Losses Known(double mean) => new(Moments.Known(mean));

    /// <summary>
    /// The probability of a mean loss that much above the baseline's by chance: Welch's test, one-sided. NaN with less than
    /// two rows.
    /// </summary>
    public double PValueAbove(Losses baseline)
    {
        if (Count < 2)
            return double.NaN;

        var (own, other) = (SquaredError, baseline.SquaredError);
        var difference = Moments.MeanLess(baseline.Moments);
        if (own + other == 0)
            return difference > 0 ? 0 : 1;

        var t = difference / Math.Sqrt(own + other);
        var otherShare = baseline.Count > 1 ? other * other / (baseline.Count - 1) : 0;
        var degrees = (own + other) * (own + other) / (own * own / (Count - 1) + otherShare);
        var twoSided = Tail.StudentT(t, degrees);
        return t > 0 ? twoSided / 2 : 1 - twoSided / 2;
    }

    private static double OfRow(LabelScheme labels, Prediction prediction, string label) => labels.Task == ModelTask.Regression
        ? Math.Abs(prediction.Value.Less(ExactNumber.Parse(label)))
        : prediction.Class == label ? 0 : 1;
}
