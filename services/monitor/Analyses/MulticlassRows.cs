using System.Text.Json;
using Platform.Hosting.Values;
using Platform.Monitor.Requests;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Analyses;

/// <summary>Rows of a model of several classes: labels with predictions, with a score for every class, or with both.</summary>
internal static class MulticlassRows
{
    // The matrix of every group holds all classes, in one order, while they are few; of more a group's own have to do.
    private const int MostClassesOfGroups = 100;

    public static LabelledRows Read(PerformanceRequest request, FieldErrors errors)
    {
        var labels = SampleReader.Texts(request.Labels, "labels", errors);
        var scores = Given(request.Scores) ? Scores(request.Scores, labels.Length, errors) : null;
        var predictions = Given(request.Predictions) ? SampleReader.Texts(request.Predictions, "predictions", errors) : null;
        if (predictions is null && scores is null)
            errors.Add("predictions", "Predictions or scores are needed.");
        if (predictions is not null && predictions.Length != labels.Length)
            errors.Add("predictions", $"As many as labels are needed, {labels.Length}.");
        if (errors.Any)
            return LabelledRows.None;

        var classes = Classes(request.Classes, labels, predictions, scores, errors);
        if (errors.Any)
            return LabelledRows.None;

        predictions ??= [.. scores!.Select(row => row is null ? null : classes[Array.IndexOf(row, row.Max())])];
        var kept = Enumerable.Range(0, labels.Length).Where(row =>
            labels[row] is not null && predictions[row] is not null && (scores is null || scores[row] is not null));
        return new([.. kept], labels.Length, rows => Measure(rows, labels, predictions, scores, classes));
    }

    private static MetricSet Measure(int[] rows, string?[] labels, string?[] predictions, double[]?[]? scores, string[] classes)
    {
        var truth = LabelledRows.Pick(labels, rows)!;
        var listed = rows.Length == labels.Length || classes.Length <= MostClassesOfGroups ? classes : null;
        var metrics = MulticlassMetrics.OfDecisions(truth!, LabelledRows.Pick(predictions, rows)!, listed);
        if (scores is null)
            return metrics;

        var index = ClassOrder.Index(classes);
        var indices = Array.ConvertAll(truth, label => index[label!]);
        metrics.Include(MulticlassMetrics.OfScores(classes, indices, LabelledRows.Pick(scores, rows)!));
        return metrics;
    }

    private static bool Given(JsonElement list) => list.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    private static double[]?[] Scores(JsonElement list, int labels, FieldErrors errors)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != labels)
        {
            errors.Add("scores", $"A list with one list per label is needed, {labels}.");
            return [];
        }

        var rows = list.EnumerateArray().Select((row, at) => SampleReader.Numbers(row, $"scores[{at}]", errors)).ToArray();
        if (rows.Select(row => row.Length).Distinct().Count() > 1 || Array.Exists(rows, row => row.Length == 0))
            errors.Add("scores", "Every row needs a score for every class.");
        return Array.ConvertAll(rows, row => row.All(double.IsFinite) ? row : null);
    }

    private static string[] Classes(JsonElement asked, string?[] labels, string?[]? predictions, double[]?[]? scores, FieldErrors errors)
    {
        var classes = Given(asked) ? Named(asked, labels, predictions, errors) : Seen(labels, predictions);
        var width = scores?.OfType<double[]>().FirstOrDefault()?.Length;
        if (width is { } scored && scored != classes.Length)
        {
            errors.Add(
                "classes", $"A row has {scored} scores, but there are {classes.Length} classes; name them all in the order of the scores.");
        }

        return classes;
    }

    private static string[] Seen(string?[] labels, string?[]? predictions)
    {
        Notation.Unify(labels, predictions ?? []);
        return ClassOrder.Sort(labels.Concat(predictions ?? []).OfType<string>().ToHashSet(StringComparer.Ordinal));
    }

    private static string[] Named(JsonElement asked, string?[] labels, string?[]? predictions, FieldErrors errors)
    {
        string[] classes = [.. SampleReader.Texts(asked, "classes", errors).OfType<string>().Distinct()];
        if (NameList.FindTwins(classes) is var (one, other))
            errors.Add("classes", $"'{one}' and '{other}' are one class in two notations.");

        var names = new ClassNames(classes);
        ByName(names, labels, "labels", errors);
        ByName(names, predictions ?? [], "predictions", errors);
        return classes;
    }

    private static void ByName(ClassNames names, string?[] values, string field, FieldErrors errors)
    {
        Notation.Rewrite(values, value => names.Find(value) is { } at ? names.Names[at] : MissingValue.IsMissing(value) ? null : value);
        var known = names.Names.ToHashSet(StringComparer.Ordinal);
        var stranger = Array.FindIndex(values, value => value is not null && !known.Contains(value));
        if (stranger >= 0)
            errors.Add(field, $"'{values[stranger]}' is none of the classes.");
    }
}
