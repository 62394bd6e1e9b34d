namespace Platform.Monitor.Metrics;

/// <summary>
/// Measures of a two-class model, as scikit-learn defines them. A ratio without a denominator (no row predicted positive,
/// no positive row) is 0; a measure that needs both classes is NaN without them.
/// </summary>
internal static class BinaryMetrics
{
    // A certain and wrong score would cost infinitely much.
    private const double Certainty = 2.220446049250313e-16;

    /// <summary>Measures of decisions.</summary>
    /// <param name="labels">Whether each row is truly positive.</param>
    /// <param name="predictions">Whether each row was predicted positive; as many.</param>
    public static MetricSet OfDecisions(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions)
    {
        var confusion = ConfusionMatrix.Of(labels, predictions);
        var (tn, fp) = ((double)confusion.Counts![0][0], (double)confusion.Counts[0][1]);
        var (fn, tp) = ((double)confusion.Counts[1][0], (double)confusion.Counts[1][1]);
        return new()
        {
            Confusion = confusion,
            ["accuracy"] = (tp + tn) / labels.Length,
            ["precision"] = Ratio.OrZero(tp, tp + fp),
            ["recall"] = Ratio.OrZero(tp, tp + fn),
            ["f1"] = Ratio.OrZero(2 * tp, 2 * tp + fp + fn),
            ["balanced_accuracy"] = (tp / (tp + fn) + tn / (tn + fp)) / 2,
            ["matthews"] = Ratio.OrZero(tp * tn - fp * fn, Math.Sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))),
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

    /// <summary>Measures that need no threshold; those of probability are NaN unless every score lies between 0 and 1.</summary>
    public static MetricSet OfScoresAlone(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores)
    {
        var ranked = ScoreRanking.Measure(labels, scores);
        var (brier, logLoss) = AreProbabilities(scores) ? ProbabilityLosses(labels, scores) : (double.NaN, double.NaN);
        return new()
        {
            ["roc_auc"] = ranked.RocAuc,
            ["average_precision"] = ranked.AveragePrecision,
            ["log_loss"] = logLoss,
            ["brier"] = brier,
        };
    }

    /// <summary>
    /// Accuracy to be expected if the scores are calibrated probabilities: the mean chance that each decision is right
    /// (confidence-based performance estimation). Needs no labels.
    /// </summary>
    public static double ExpectedAccuracy(ReadOnlySpan<double> scores, ReadOnlySpan<bool> predictions)
    {
        if (!AreProbabilities(scores))
            return double.NaN;

        var sum = 0.0;
        for (var row = 0; row < scores.Length; row++)
            sum += predictions[row] ? scores[row] : 1 - scores[row];
        return sum / scores.Length;
    }

    private static bool AreProbabilities(ReadOnlySpan<double> scores)
    {
        foreach (var score in scores)
        {
            if (!(score is >= 0 and <= 1))
                return false;
        }

        return true;
    }

    private static (double Brier, double LogLoss) ProbabilityLosses(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores)
    {
        var (brier, logLoss) = (0.0, 0.0);
        for (var row = 0; row < scores.Length; row++)
        {
            var truth = labels[row] ? 1.0 : 0.0;
            var score = Math.Clamp(scores[row], Certainty, 1 - Certainty);
            brier += (scores[row] - truth) * (scores[row] - truth);
            logLoss -= Math.Log(labels[row] ? score : 1 - score);
        }

        return (brier / scores.Length, logLoss / scores.Length);
    }
}
