using System.Globalization;
using Platform.Explainer.Pictures;
using Platform.Explainer.Showing;
using Platform.Explainer.Wording;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Global;

/// <summary>Importances in the form that their caller accepts.</summary>
internal static class ShownImportance
{
    public static IResult Write(ImportanceAnswer answer, ImportanceQuery query, HttpContext context) => ShownAnswer.Write(
        context, query.Language,
        wording => TypedResults.Ok(answer with { Sentences = [.. answer.Labels.Select(group => wording.Global.Tell(Tell(answer, group)))] }),
        wording => Show(answer, query.Class, wording));

    private static Result<Shown> Show(ImportanceAnswer answer, string? wanted, IWording wording)
    {
        var group = wanted is null ? answer.Labels[0] : answer.Labels.FirstOrDefault(group => group.Label == wanted);
        if (group is null) return ShowingErrors.ClassUnknown(wanted!, answer.Labels.Select(known => known.Label).OfType<string>().DefaultIfEmpty("none of its own; ask with per=label"));
        var story = Tell(answer, group);
        var picture = ImportancePicture.Draw(story, wording);
        return new Shown(picture, () => ImportancePage.Write(story, wording, picture, Facts(answer, wording.Labels)));
    }

    private static ImportanceStory Tell(ImportanceAnswer answer, Importance.ImportanceGroup group) => new()
    {
        Model = answer.Model,
        Version = answer.Version,
        Label = group.Label,
        Measure = answer.Measure,
        Baseline = group.Baseline,
        Rows = group.Rows,
        Parts = [.. answer.Importances.Where(item => item.Label == group.Label && item.Importance is not null)
            .Select(item => new StoryPart(item.Feature, null, item.Importance!.Value, item.StandardError))],
    };

    private static IEnumerable<(string Name, string Text)> Facts(ImportanceAnswer answer, Labels labels) =>
    [
        (labels.Method, answer.Attribution is { } attribution ? $"{answer.Method} ({attribution})" : answer.Method),
        (labels.Rows, answer.Rows.ToString(CultureInfo.InvariantCulture)),
        (labels.Evaluations, answer.Evaluations.ToString(CultureInfo.InvariantCulture)),
        (labels.Seed, answer.Seed.ToString(CultureInfo.InvariantCulture)),
    ];
}
