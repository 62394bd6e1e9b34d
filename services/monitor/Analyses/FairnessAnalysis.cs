using System.Text.Json;
using Platform.Hosting.Errors;
using Platform.Hosting.Values;
using Platform.Monitor.Fairness;
using Platform.Monitor.Requests;
using Platform.Statistics.Metrics;

namespace Platform.Monitor.Analyses;

/// <summary>Compares the decisions about two groups.</summary>
internal static class FairnessAnalysis
{
    // As live windows are judged unless their settings say otherwise.
    private static readonly FairnessOptions Judged = new();

    public static Result<FairnessReport> Run(FairnessRequest request)
    {
        var errors = new FieldErrors();
        var groups = SampleReader.Texts(request.Group, "group", errors);
        var decisions = Flags(request.Decision, "decision", groups.Length, errors);
        var hasLabels = request.Label.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
        var labels = hasLabels ? Flags(request.Label, "label", groups.Length, errors) : new bool?[groups.Length];
        var privileged = Name(request.Privileged, "privileged", errors);
        var unprivileged = Name(request.Unprivileged, "unprivileged", errors);
        if (ScalarText.Normalise(privileged) == ScalarText.Normalise(unprivileged) && privileged.Length > 0)
            errors.Add("unprivileged", "Must be another group than the privileged one.");
        if (errors.Any)
            return errors.ToError();

        string?[] named = [privileged, unprivileged];
        Notation.Unify(groups, named);
        (privileged, unprivileged) = (named[0]!, named[1]!);

        var kept = Enumerable.Range(0, groups.Length).Where(row => groups[row] is not null && decisions[row] is not null).ToArray();
        return FairnessReport.Of(GroupFairness.Measure(
            LabelledRows.Pick(groups, kept)!, Array.ConvertAll(kept, row => decisions[row]!.Value), LabelledRows.Pick(labels, kept),
            privileged, unprivileged), Judged.Alpha, Judged.MinRows);
    }

    private static string Name(JsonElement value, string field, FieldErrors errors)
    {
        if (Scalar.TryRead(value, out var name) && name is { Length: > 0 })
            return name;

        errors.Add(field, "The name of a group is needed.");
        return "";
    }

    private static bool?[] Flags(JsonElement list, string field, int rows, FieldErrors errors)
    {
        var texts = SampleReader.Texts(list, field, errors);
        if (texts.Length != rows)
            errors.Add(field, $"As many as groups are needed, {rows}.");

        var flags = new bool?[rows];
        for (var row = 0; row < Math.Min(rows, texts.Length); row++)
        {
            flags[row] = texts[row] is { } text ? ScalarText.Normalise(text) switch { "1" => true, "0" => false, _ => null } : null;
            if (flags[row] is null && texts[row] is not null)
                errors.Add($"{field}[{row}]", "Must be 0 or 1.");
        }

        return flags;
    }
}
