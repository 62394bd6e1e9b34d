using System.Text.Json;
using Platform.Monitor.Requests;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Analyses;

/// <summary>Queries of a ranking model: nested lists, or flat ones with the query of each row as its group.</summary>
internal static class RankingRows
{
    public static LabelledRows Read(PerformanceRequest request, FieldErrors errors)
    {
        var isNested = request.Labels.ValueKind == JsonValueKind.Array
            && request.Labels.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Array);
        var (relevance, scores) = isNested ? Nested(request, errors) : Flat(request, errors);
        if (relevance.Any(query => query.Any(value => value < 0)))
            errors.Add("labels", "A relevance is 0 or more.");
        if (errors.Any)
            return LabelledRows.None;

        var kept = Enumerable.Range(0, relevance.Count)
            .Where(query => relevance[query].All(double.IsFinite) && scores[query].All(double.IsFinite));
        return new([.. kept], relevance.Count, queries =>
            RankingMetrics.Measure([.. queries.Select(q => relevance[q])], [.. queries.Select(q => scores[q])], request.Threshold ?? 1));
    }

    private static (List<double[]> Relevance, List<double[]> Scores) Nested(PerformanceRequest request, FieldErrors errors)
    {
        var relevance = Lists(request.Labels, "labels", errors);
        var scores = Lists(request.Scores, "scores", errors);
        if (!errors.Any && !relevance.Select(list => list.Length).SequenceEqual(scores.Select(list => list.Length)))
            errors.Add("scores", "Every query needs as many scores as labels.");
        return (relevance, scores);
    }

    private static List<double[]> Lists(JsonElement lists, string field, FieldErrors errors)
    {
        if (lists.ValueKind == JsonValueKind.Array)
            return [.. lists.EnumerateArray().Select((list, at) => SampleReader.Numbers(list, $"{field}[{at}]", errors))];

        errors.Add(field, "A list of lists is needed.");
        return [];
    }

    private static (List<double[]> Relevance, List<double[]> Scores) Flat(PerformanceRequest request, FieldErrors errors)
    {
        var labels = SampleReader.Numbers(request.Labels, "labels", errors);
        var scores = SampleReader.Numbers(request.Scores, "scores", errors);
        var groups = SampleReader.Texts(request.Groups, "groups", errors);
        if (scores.Length != labels.Length)
            errors.Add("scores", $"As many as labels are needed, {labels.Length}.");
        if (groups.Length != labels.Length)
            errors.Add("groups", $"The query of every label is needed, {labels.Length}.");
        if (errors.Any)
            return ([], []);

        var queries = Enumerable.Range(0, labels.Length).Where(row => groups[row] is not null)
            .GroupBy(row => groups[row]!, StringComparer.Ordinal).Select(query => query.ToArray()).ToArray();
        return ([.. queries.Select(rows => LabelledRows.Pick(labels, rows))], [.. queries.Select(rows => LabelledRows.Pick(scores, rows))]);
    }
}
