using System.Text.Json;
using Platform.Hosting.Errors;
using Platform.Hosting.Values;
using Platform.Monitor.Requests;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Analyses;

/// <summary>Measures the predictions of a request by its task.</summary>
internal static class PerformanceAnalysis
{
    private const int MostGroups = 1_000;
    private const int MostClassesInGroup = 100;

    public static Result<PerformanceAnswer> Run(PerformanceRequest request)
    {
        var errors = new FieldErrors();
        var rows = Read(request, errors);
        var groups = request.Task == ModelTask.Ranking ? null : Groups(request.Groups, rows, errors);
        return errors.Any ? errors.ToError() : Answer(request.Task!, rows, groups);
    }

    private static LabelledRows Read(PerformanceRequest request, FieldErrors errors)
    {
        switch (request.Task)
        {
            case ModelTask.Binary: return BinaryRows.Read(request, errors);
            case ModelTask.Multiclass: return MulticlassRows.Read(request, errors);
            case ModelTask.Regression: return RegressionRows.Read(request, errors);
            case ModelTask.Ranking: return RankingRows.Read(request, errors);
            default:
                errors.Add("task", $"Must be one of {string.Join(", ", ModelTask.All)}.");
                return LabelledRows.None;
        }
    }

    private static PerformanceAnswer Answer(string task, LabelledRows rows, string?[]? groups)
    {
        var metrics = rows.Measure(rows.Kept);
        return new()
        {
            Task = task,
            Rows = rows.Kept.Length,
            Skipped = rows.Total - rows.Kept.Length,
            Metrics = MetricSet.Show(metrics),
            Classes = metrics.Confusion is { Counts: not null } confusion ? rows.Classes ?? confusion.Classes : null,
            Groups = groups is null ? null : ByGroup(rows, groups),
        };
    }

    private static Dictionary<string, IReadOnlyDictionary<string, object?>> ByGroup(LabelledRows rows, string?[] groups) =>
        rows.Kept.Where(row => groups[row] is not null).GroupBy(row => groups[row]!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => MetricSet.Show(rows.Measure([.. group]), MostClassesInGroup), StringComparer.Ordinal);

    private static string?[]? Groups(JsonElement list, LabelledRows rows, FieldErrors errors)
    {
        if (list.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return null;

        var groups = SampleReader.Texts(list, "groups", errors);
        if (groups.Length != rows.Total)
            errors.Add("groups", $"As many as labels are needed, {rows.Total}.");
        if (groups.Distinct().Count() > MostGroups)
            errors.Add("groups", $"At most {MostGroups} are measured apart.");
        return groups;
    }
}
