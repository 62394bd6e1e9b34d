namespace Platform.Statistics.Metrics;

/// <summary>
/// Measures of a model of several classes, as scikit-learn defines them: per class and then averaged evenly (macro), by
/// support (weighted) or over all decisions (micro). The classes are those that occur as label or prediction.
/// </summary>
public static class MulticlassMetrics
{
    /// <summary>Measures of decisions.</summary>
    /// <param name="labels">The true class of each row.</param>
    /// <param name="predictions">The predicted class of each row; as many.</param>
    /// <param name="classes">The order of the confusion matrix, every class that occurs among them; by number or name when null.</param>
    public static MetricSet OfDecisions(
        ReadOnlySpan<string> labels, ReadOnlySpan<string> predictions, IReadOnlyList<string>? classes = null)
    {
        var confusion = ConfusionMatrix.Of(labels, predictions, classes);
        var accuracy = confusion.Correct / (double)confusion.Total;
        var metrics = new MetricSet
        {
            Confusion = confusion,
            ["accuracy"] = accuracy,
            ["balanced_accuracy"] = BalancedAccuracy(confusion),
            ["matthews"] = confusion.Total == 0 ? double.NaN : Matthews(confusion),
        };

        Average(metrics, "precision", accuracy, confusion, at => Ratio.OrZero(confusion.CorrectOf(at), confusion.Predicted(at)));
        Average(metrics, "recall", accuracy, confusion, at => Ratio.OrZero(confusion.CorrectOf(at), confusion.Support(at)));
        Average(metrics, "f1", accuracy, confusion, at =>
            Ratio.OrZero(2.0 * confusion.CorrectOf(at), confusion.Predicted(at) + confusion.Support(at)));
        return metrics;
    }

    /// <summary>
    /// Log loss, and the one-versus-rest area under the ROC curve averaged evenly over the classes. The loss leaves out the rows that have
    /// a score outside 0 to 1 by more than rounding, <c>scores_out_of_range</c> says how many, and is NaN where those are more than half:
    /// logits are no probabilities.
    /// </summary>
    /// <param name="classes">The classes in the order of a row's scores.</param>
    /// <param name="labels">The true class of each row, as an index into <paramref name="classes"/>.</param>
    /// <param name="scores">One score per class for each row; a row's probabilities are brought to a sum of 1.</param>
    public static MetricSet OfScores(IReadOnlyList<string> classes, int[] labels, IReadOnlyList<double[]> scores)
    {
        var outside = scores.Count(row => !IsWithin(row));
        var loss = Probabilities.Speak(outside, scores.Count) ? LogLoss(labels, scores) : double.NaN;
        var areas = Enumerable.Range(0, classes.Count).Select(at => OneVersusRest(at, labels, scores));
        return new()
        {
            ["log_loss"] = loss,
            ["roc_auc_ovr_macro"] = areas.DefaultIfEmpty(double.NaN).Average(),
            ["scores_out_of_range"] = outside,
        };
    }

    // As scikit-learn has it: made uncertain first, then divided by their sum. So a row of zeros says that all classes are as likely.
    private static double LogLoss(int[] labels, IReadOnlyList<double[]> scores)
    {
        var within = Enumerable.Range(0, labels.Length).Where(row => IsWithin(scores[row]));
        return within.Average(row =>
            -Math.Log(Probabilities.Uncertain(scores[row][labels[row]]) / scores[row].Sum(Probabilities.Uncertain)));
    }

    private static bool IsWithin(double[] scores) => Probabilities.CountOutside(scores) == 0;

    // Over all decisions precision, recall and F1 are all the same number: the accuracy.
    private static void Average(MetricSet metrics, string name, double micro, ConfusionMatrix confusion, Func<int, double> measure)
    {
        var (even, bySupport) = (0.0, 0.0);
        for (var at = 0; at < confusion.Size; at++)
        {
            even += measure(at);
            bySupport += measure(at) * confusion.Support(at);
        }

        metrics[name + "_macro"] = even / Enumerable.Range(0, confusion.Size).Count(confusion.Occurs);
        metrics[name + "_micro"] = micro;
        metrics[name + "_weighted"] = bySupport / confusion.Total;
    }

    private static double BalancedAccuracy(ConfusionMatrix confusion)
    {
        var present = Enumerable.Range(0, confusion.Size).Where(at => confusion.Support(at) > 0).ToArray();
        return present.Length == 0 ? double.NaN : present.Average(at => confusion.CorrectOf(at) / (double)confusion.Support(at));
    }

    private static double Matthews(ConfusionMatrix confusion)
    {
        double total = confusion.Total;
        var (agreement, predicted, actual) = (confusion.Correct * total, total * total, total * total);
        for (var at = 0; at < confusion.Size; at++)
        {
            double p = confusion.Predicted(at);
            double t = confusion.Support(at);
            (agreement, predicted, actual) = (agreement - p * t, predicted - p * p, actual - t * t);
        }

        return Ratio.OrZero(agreement, Math.Sqrt(predicted * actual));
    }

    private static double OneVersusRest(int index, int[] labels, IReadOnlyList<double[]> scores)
    {
        var isClass = Array.ConvertAll(labels, label => label == index);
        var score = scores.Select(row => row[index]).ToArray();
        return ScoreRanking.Measure(isClass, score).RocAuc;
    }
}
