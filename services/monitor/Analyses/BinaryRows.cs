using System.Text.Json;
using Platform.Monitor.Metrics;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Analyses;

/// <summary>Rows of a two-class model: labels with predictions, with scores of the positive class, or with both.</summary>
internal static class BinaryRows
{
    public static LabelledRows Read(PerformanceRequest request, FieldErrors errors)
    {
        var labels = SampleReader.Texts(request.Labels, "labels", errors);
        var predictions = Given(request.Predictions) ? SampleReader.Texts(request.Predictions, "predictions", errors) : null;
        var scores = Given(request.Scores) ? SampleReader.Numbers(request.Scores, "scores", errors) : null;
        CheckLengths(labels.Length, predictions?.Length, scores?.Length, errors);
        var positive = Positive(request.PositiveClass, [.. labels, .. predictions ?? []], errors);
        if (errors.Any)
            return LabelledRows.None;

        var kept = Enumerable.Range(0, labels.Length).Where(row => labels[row] is not null
            && (predictions is null || predictions[row] is not null)
            && (scores is null || double.IsFinite(scores[row])));
        var truth = Array.ConvertAll(labels, label => label == positive);
        var decisions = predictions is null
            ? Array.ConvertAll(scores!, score => score >= (request.Threshold ?? 0.5))
            : Array.ConvertAll(predictions, prediction => prediction == positive);
        return new([.. kept], labels.Length, rows => Measure(rows, truth, decisions, scores));
    }

    private static MetricSet Measure(int[] rows, bool[] truth, bool[] decisions, double[]? scores) => scores is null
        ? BinaryMetrics.OfDecisions(LabelledRows.Pick(truth, rows), LabelledRows.Pick(decisions, rows))
        : BinaryMetrics.OfScores(LabelledRows.Pick(truth, rows), LabelledRows.Pick(scores, rows), LabelledRows.Pick(decisions, rows));

    private static bool Given(JsonElement list) => list.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    private static void CheckLengths(int labels, int? predictions, int? scores, FieldErrors errors)
    {
        if (predictions is null && scores is null)
            errors.Add("predictions", "Predictions or scores are needed.");
        if (predictions is { } p && p != labels)
            errors.Add("predictions", $"As many as labels are needed, {labels}.");
        if (scores is { } s && s != labels)
            errors.Add("scores", $"As many as labels are needed, {labels}.");
    }

    private static string? Positive(JsonElement asked, IEnumerable<string?> values, FieldErrors errors)
    {
        var classes = ClassOrder.Sort(values.OfType<string>().ToHashSet(StringComparer.Ordinal));
        if (classes.Length > 2)
            errors.Add("labels", $"Two classes at most are possible; these are {classes.Length}.");
        if (!Given(asked))
            return classes.FirstOrDefault(name => name is "1" or "true") ?? (classes.Length == 2 ? classes[1] : Guess(classes));
        if (!Scalar.TryRead(asked, out var positive))
            errors.Add("positiveClass", "A text, a number or a boolean is needed.");
        else if (classes.Length == 2 && !classes.Contains(positive))
            errors.Add("positiveClass", $"'{positive}' is neither '{classes[0]}' nor '{classes[1]}'.");
        return positive;
    }

    // One class alone: "0", "-1" and "false" are negative by custom, anything else is taken as positive.
    private static string? Guess(string[] classes) => classes is [var only] && only is not ("0" or "-1" or "false") ? only : null;
}
