using Platform.Explainer.Rows;
using static Platform.Explainer.Wording.ShortNumbers;

namespace Platform.Explainer.Wording;

/// <summary>English.</summary>
internal sealed class EnglishWording : IWording
{
    public string Language => "en";

    public Labels Labels { get; } = new()
    {
        Prediction = "prediction",
        Average = "average",
        Unexplained = "unexplained",
        Raises = "raises the answer",
        Lowers = "lowers the answer",
        Input = "input",
        Feature = "feature",
        Value = "value",
        Share = "adds",
        Importance = "importance",
        Rows = "reference rows",
        StandardError = "standard error",
        Method = "method",
        Evaluations = "rows answered by the model",
        Seed = "seed",
        Background = "compared with",
    };

    public IGlobalWording Global { get; } = new EnglishGlobalWording();

    public IDecisionWording Decisions { get; } = new EnglishDecisionWording();

    public string Tell(Story story) => $"{Answer(story)}{Reasons(story)}. {Honesty(story)}.";

    public string Heading(Story story) => $"{story.Model} (version {story.Version}): {Short(story.Prediction)} for “{story.Output}”";

    public string Label(StoryPart part) => part.Value switch
    {
        null => part.Name,
        "" => $"{part.Name} (no value)",
        var value => $"{part.Name} = {value}",
    };

    public string Others(int count) => count == 1 ? "1 other" : $"{count} others";

    private static string Answer(Story story)
    {
        var than = story.BackgroundSource switch
        {
            Background.MaskedText => $"the {Short(story.Base)} it answers to a text without words",
            Background.OfReference => $"its average of {Short(story.Base)} over {Rows(story.BackgroundRows, "reference row")}",
            _ => $"its average of {Short(story.Base)} over the {Rows(story.BackgroundRows, "row")} it is compared with",
        };
        var compared = Short(story.Difference) is "0" ? "as much as" : $"{Short(Math.Abs(story.Difference))} {(story.Difference > 0 ? "more" : "less")} than";
        return $"{story.Model} answers {Short(story.Prediction)} for “{story.Output}”, {compared} {than}";
    }

    private string Reasons(Story story)
    {
        var reasons = Telling.Reasons(story);
        if (reasons.Count == 0)
            return story.BySize.Any() ? "; no feature stands out from the error of the estimate" : "; no feature moves it";
        string[] clauses = [.. Clause(reasons.Where(part => part.Share > 0), story.IsText, "raise"), .. Clause(reasons.Where(part => part.Share < 0), story.IsText, "lower")];
        return $": {string.Join(", ", clauses)}";
    }

    private IEnumerable<string> Clause(IEnumerable<StoryPart> parts, bool isText, string verb)
    {
        string[] named = [.. parts.Select(part => $"{Telling.Cut(isText ? $"“{part.Name}”" : Label(part))} ({Telling.Amount(part)})")];
        if (named.Length == 0) yield break;
        var list = named.Length == 1 ? named[0] : $"{string.Join(", ", named[..^1])} and {named[^1]}";
        yield return $"{list} {verb}{(named.Length == 1 ? "s" : "")} it most";
    }

    private static string Honesty(Story story)
    {
        var rest = story.LeavesSomething ? $"{Short(story.Residual)} of the difference stays unexplained" : null;
        var sure = Telling.Certainty(story) switch
        {
            Certainty.Fitted => $"The parts come from a straight-line fit near this row (R² {Short(story.Fit!.Value)})",
            Certainty.Estimated => $"The parts are estimates (largest standard error {Short(Telling.LargestError(story))})",
            Certainty.Unknown => "The parts are estimates whose error is not known",
            _ => "The parts are exact",
        };
        return $"{sure}{(rest is null ? "" : $", {rest}")}, and say what the model went by, not what causes what";
    }

    private static string Rows(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
