namespace Platform.Statistics.Metrics;

/// <summary>
/// Measures of a two-class model, as scikit-learn defines them. A ratio without a denominator (no row predicted positive,
/// no positive row) is 0, and NaN without any row; a measure that needs both classes is NaN without them, but balanced accuracy of one class is its recall.
/// </summary>
public static class BinaryMetrics
{
    /// <summary>Measures of decisions.</summary>
    /// <param name="labels">Whether each row is truly positive.</param>
    /// <param name="predictions">Whether each row was predicted positive; as many.</param>
    public static MetricSet OfDecisions(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions)
    {
        var confusion = ConfusionMatrix.Of(labels, predictions);
        var (tn, fp) = ((double)confusion.Counts![0][0], (double)confusion.Counts[0][1]);
        var (fn, tp) = ((double)confusion.Counts[1][0], (double)confusion.Counts[1][1]);
        var none = labels.IsEmpty ? double.NaN : 0;
        return new()
        {
            Confusion = confusion,
            ["accuracy"] = (tp + tn) / labels.Length,
            ["precision"] = none + Ratio.OrZero(tp, tp + fp),
            ["recall"] = none + Ratio.OrZero(tp, tp + fn),
            ["f1"] = none + Ratio.OrZero(2 * tp, 2 * tp + fp + fn),
            ["balanced_accuracy"] = MeanRecall(tp / (tp + fn), tn / (tn + fp)),
            ["matthews"] = none + Ratio.OrZero(tp * tn - fp * fn, Math.Sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))),
        };
    }

    /// <summary>Measures of scores, with the decisions that a threshold makes of them.</summary>
    /// <param name="labels">Whether each row is truly positive.</param>
    /// <param name="scores">The score of the positive class, 0 to 1 for the measures of probability to make sense; as many.</param>
    /// <param name="threshold">Scores from here on are predicted positive.</param>
    public static MetricSet OfScores(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores, double threshold)
    {
        var predictions = new bool[scores.Length];
        for (var row = 0; row < scores.Length; row++)
            predictions[row] = scores[row] >= threshold;

        return OfScores(labels, scores, predictions);
    }

    /// <summary>Measures of scores and of decisions that were made apart from them.</summary>
    public static MetricSet OfScores(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores, ReadOnlySpan<bool> predictions)
    {
        var metrics = OfDecisions(labels, predictions);
        metrics.Include(OfScoresAlone(labels, scores));
        metrics["cbpe_expected_accuracy"] = ExpectedAccuracy(scores, predictions);
        return metrics;
    }

    /// <summary>
    /// Measures that need no threshold. Those of probability leave out the rows whose score lies outside 0 to 1 by more than rounding,
    /// <c>scores_out_of_range</c> says how many, and are NaN where those are more than half: logits are no probabilities.
    /// </summary>
    public static MetricSet OfScoresAlone(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores)
    {
        var ranked = ScoreRanking.Measure(labels, scores);
        var outside = Probabilities.CountOutside(scores);
        var (brier, logLoss) = Probabilities.Speak(outside, scores.Length)
            ? ProbabilityLosses(labels, scores, scores.Length - outside)
            : (double.NaN, double.NaN);
        return new()
        {
            ["roc_auc"] = ranked.RocAuc,
            ["average_precision"] = ranked.AveragePrecision,
            ["log_loss"] = logLoss,
            ["brier"] = brier,
            ["scores_out_of_range"] = outside,
        };
    }

    /// <summary>
    /// Accuracy to be expected if the scores are calibrated probabilities: the mean chance that each decision is right
    /// (confidence-based performance estimation), of the rows whose score is a probability. Needs no labels.
    /// </summary>
    public static double ExpectedAccuracy(ReadOnlySpan<double> scores, ReadOnlySpan<bool> predictions)
    {
        var outside = Probabilities.CountOutside(scores);
        if (!Probabilities.Speak(outside, scores.Length))
            return double.NaN;

        var sum = 0.0;
        for (var row = 0; row < scores.Length; row++)
        {
            if (Probabilities.Includes(scores[row]))
                sum += predictions[row] ? Probabilities.Of(scores[row]) : 1 - Probabilities.Of(scores[row]);
        }

        return sum / (scores.Length - outside);
    }

    // Of one class alone it is that class's recall.
    private static double MeanRecall(double ofPositives, double ofNegatives)
    {
        if (double.IsNaN(ofPositives))
            return ofNegatives;
        return double.IsNaN(ofNegatives) ? ofPositives : (ofPositives + ofNegatives) / 2;
    }

    private static (double Brier, double LogLoss) ProbabilityLosses(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores, int within)
    {
        var (brier, logLoss) = (0.0, 0.0);
        for (var row = 0; row < scores.Length; row++)
        {
            if (!Probabilities.Includes(scores[row]))
                continue;
            var truth = labels[row] ? 1.0 : 0.0;
            var error = Probabilities.Of(scores[row]) - truth;
            var score = Probabilities.Uncertain(scores[row]);
            brier += error * error;
            logLoss -= Math.Log(labels[row] ? score : 1 - score);
        }

        return (brier / within, logLoss / within);
    }
}
