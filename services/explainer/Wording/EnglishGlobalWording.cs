using Platform.Explainer.Importance;
using static Platform.Explainer.Wording.ShortNumbers;

namespace Platform.Explainer.Wording;

/// <summary>English.</summary>
internal sealed class EnglishGlobalWording : IGlobalWording
{
    private const string Honesty = "This says what the model goes by, not what causes what, and features that go together share what they tell.";
    private const string WhatIf = "This is what the model would say, not what would come of it.";

    public string Heading(ImportanceStory story) => $"{story.Model} (version {story.Version}): what it goes by{(story.Label is { } label ? $" for “{label}”" : "")}";

    public string Unit(ImportanceStory story) => story.Measure switch
    {
        ImportanceMeasure.Accuracy when story.Label is not null => "recall lost",
        ImportanceMeasure.Accuracy => "accuracy lost",
        ImportanceMeasure.AbsoluteError => "absolute error added",
        ImportanceMeasure.OutputChange => "change of the output",
        _ => "mean size of the Shapley values",
    };

    public string Tell(ImportanceStory story)
    {
        if (story.Parts.Count == 0) return $"No reference row tells what {story.Model} goes by{(story.Label is { } label ? $" for “{Telling.Cut(label)}”" : "")}.";
        var standing = story.Standing.Take(Telling.MostReasons).ToList();
        return standing.Count == 0
            ? $"Over {Rows(story.Rows)} no feature of {story.Model} stands out from the error of the estimate{Of(story)}. {Honesty}"
            : $"Over {Rows(story.Rows)} {story.Model} goes most by {List(standing)}: {What(story)}. {Honesty}";
    }

    public string Heading(CurveStory story) => $"{story.Model} (version {story.Version}): “{story.Output}” by {story.Feature}";

    public string Key(CurveStory story, bool hasMean) => (hasMean, story.Kind) switch
    {
        (true, "ale") => "blue: effect with one standard error",
        (true, _) => "blue: mean with one standard error, band: the middle 80 % of rows",
        _ => story.Lines.Count == 1 ? "blue: this row, ring: as it is" : "blue: single rows",
    };

    public string Tell(CurveStory story)
    {
        if (story.Told is not { } told)
            return $"In single rows the answer of {story.Model} for “{Telling.Cut(story.Output)}” moves by {Short(Telling.LargestMove(story))} at most as {Telling.Cut(story.Feature)} goes through its values, all else the same. {WhatIf}";
        var (least, most) = Telling.Ends(told);
        if (Short(told[least]) == Short(told[most])) return $"The answer of {story.Model} for “{Telling.Cut(story.Output)}” does not follow {Telling.Cut(story.Feature)}: it stays {Short(told[least])}.";
        return story switch
        {
            { Values: null } => $"{(story.Own is { } own ? $"With {Telling.Cut(story.Feature)} = {Telling.Cut(story.Points[own])} {story.Model} answers {Short(told[own])} for “{Telling.Cut(story.Output)}”; all" : $"For “{Telling.Cut(story.Output)}”, all")} else the same it would answer {Short(told[least])} with {Telling.Cut(story.Points[least])} and {Short(told[most])} with {Telling.Cut(story.Points[most])}. {WhatIf}",
            { Kind: "ale" } => $"From one value of {Telling.Cut(story.Feature)} to the next, in rows that lie there, the answer of {story.Model} for “{Telling.Cut(story.Output)}” goes from {Signed(told[least])}{Error(story, least)} at {Telling.Cut(story.Points[least])} to {Signed(told[most])}{Error(story, most)} at {Telling.Cut(story.Points[most])}, compared with its mean over {Rows(story.Rows)}. This is what the model does, not what causes what.",
            _ => $"With the same {Telling.Cut(story.Feature)} in all of {Rows(story.Rows)} the mean answer of {story.Model} for “{Telling.Cut(story.Output)}” is lowest with {Telling.Cut(story.Points[least])} ({Short(told[least])}{Error(story, least)}) and highest with {Telling.Cut(story.Points[most])} ({Short(told[most])}{Error(story, most)}). Rows also get values here that hardly go with the rest of them, and this is what the model does, not what causes what.",
        };
    }

    private static string Error(CurveStory story, int point) => story.Errors is { } errors ? $" ± {Short(errors[point])}" : "";

    private static string List(List<StoryPart> parts)
    {
        string[] named = [.. parts.Select(part => $"{Telling.Cut(part.Name)} ({Short(part.Share)}{(part.Error is > 0 ? $" ± {Short(part.Error.Value)}" : "")})")];
        return named.Length == 1 ? named[0] : $"{string.Join(", ", named[..^1])} and {named[^1]}";
    }

    private static string What(ImportanceStory story) => story.Measure switch
    {
        ImportanceMeasure.Accuracy when story.Label is { } label => $"so much of its recall of {Share(story)} for “{Telling.Cut(label)}” is lost when they are mixed up",
        ImportanceMeasure.Accuracy => $"so much of its accuracy of {Share(story)} is lost when they are mixed up",
        ImportanceMeasure.AbsoluteError => $"so much is added to its mean absolute error of {Share(story)} when they are mixed up",
        ImportanceMeasure.OutputChange => $"so far the answer{Of(story)} moves on average when they are mixed up",
        _ => $"so much they move the answer{Of(story)} from its average, up or down",
    };

    private static string Of(ImportanceStory story) => story.Label is { } label ? $" for “{Telling.Cut(label)}”" : "";

    private static string Share(ImportanceStory story) => Short(story.Baseline ?? double.NaN);

    private static string Rows(int rows) => rows == 1 ? "1 reference row" : $"{rows} reference rows";
}
