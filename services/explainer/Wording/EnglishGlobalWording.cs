using Platform.Explainer.Importance;
using static Platform.Explainer.Wording.ShortNumbers;

namespace Platform.Explainer.Wording;

/// <summary>English.</summary>
internal sealed class EnglishGlobalWording : IGlobalWording
{
    private const string Honesty = "This says what the model goes by, not what causes what, and features that go together share what they tell.";

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
        if (story.Parts.Count == 0) return $"No reference row tells what {story.Model} goes by{(story.Label is { } label ? $" for “{label}”" : "")}.";
        var standing = story.Standing.Take(Telling.MostReasons).ToList();
        return standing.Count == 0
            ? $"Over {Rows(story)} no feature of {story.Model} stands out from the error of the estimate{Of(story)}. {Honesty}"
            : $"Over {Rows(story)} {story.Model} goes most by {List(standing)}: {What(story)}. {Honesty}";
    }

    private static string List(List<StoryPart> parts)
    {
        string[] named = [.. parts.Select(part => $"{Telling.Cut(part.Name)} ({Short(part.Share)}{(part.Error is > 0 ? $" ± {Short(part.Error.Value)}" : "")})")];
        return named.Length == 1 ? named[0] : $"{string.Join(", ", named[..^1])} and {named[^1]}";
    }

    private static string What(ImportanceStory story) => story.Measure switch
    {
        ImportanceMeasure.Accuracy when story.Label is { } label => $"so much of its recall of {Share(story)} for “{label}” is lost when they are mixed up",
        ImportanceMeasure.Accuracy => $"so much of its accuracy of {Share(story)} is lost when they are mixed up",
        ImportanceMeasure.AbsoluteError => $"so much is added to its mean absolute error of {Share(story)} when they are mixed up",
        ImportanceMeasure.OutputChange => $"so far the answer{Of(story)} moves on average when they are mixed up",
        _ => $"so much they move the answer{Of(story)} from its average, up or down",
    };

    private static string Of(ImportanceStory story) => story.Label is { } label ? $" for “{label}”" : "";

    private static string Share(ImportanceStory story) => Short(story.Baseline ?? double.NaN);

    private static string Rows(ImportanceStory story) => story.Rows == 1 ? "1 reference row" : $"{story.Rows} reference rows";
}
