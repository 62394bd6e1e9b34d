namespace Platform.Explainer.Wording;

/// <summary>English.</summary>
internal sealed class EnglishDecisionWording : IDecisionWording
{
    private const string WhatIf = "Each was answered so by the model, and none of its changes can be taken back alone; a nearer one may exist, and this is what the model would say, not what would come of it.";

    public DecisionLabels Labels { get; } = new()
    {
        AsItIs = "as it is",
        Answer = "answer",
        Distance = "distance",
        Condition = "condition",
        Always = "whatever the row",
        Precision = "precision",
        Coverage = "coverage",
        NothingFound = "no other row was found",
    };

    public string Heading(ChangeStory story) => $"{story.Model} (version {story.Version}): from {Short(story.Now)} to another answer";

    public string Tell(ChangeStory story)
    {
        var now = $"{story.Model} answers {Short(story.Now)}.";
        if (story.Ways.Count == 0)
            return $"{now} Among {story.Evaluations} rows that it was asked, no allowed change was found that leads to the answer that is wanted: leave more features free, allow wider ranges, ask for another answer, or raise the budget.";
        var more = story.Ways.Count == 1 ? "" : $"; {(story.Ways.Count == 2 ? "1 other way is" : $"{story.Ways.Count - 1} other ways are")} farther or of another kind";
        return $"{now} It would answer {Short(story.Ways[0].Then)} with {And([.. story.Ways[0].Changes.Select(Say)])}{more}. {WhatIf}";
    }

    public string Heading(RuleStory story) => $"{story.Model} (version {story.Version}): what makes it answer {Target(story)}";

    public string Tell(RuleStory story)
    {
        var where = story.Conditions.Count == 0 ? "whatever the row" : $"where {And([.. story.Conditions.Select(condition => Telling.Cut(Say(condition)))])}";
        var sure = $"in {ShortNumbers.Short(story.Precision)} of rows ({ShortNumbers.Short(story.PrecisionLow)} to {ShortNumbers.Short(story.PrecisionHigh)})";
        var found = $"{story.Model} answers {Target(story)} {sure} {where}; this holds for {ShortNumbers.Short(story.Coverage)} of the rows it is compared with.";
        return story.IsReached
            ? $"{found} It says what the model goes by, not what causes what."
            : $"No rule is known to be as precise as asked for. The best one: {found} Raise the budget or the beam width, or ask for less precision.";
    }

    public string Short(Outcome outcome) => outcome.Class is { } name ? $"“{Telling.Cut(name)}” ({Telling.Number(outcome)})" : ShortNumbers.Short(outcome.Number);

    public string Say(Condition condition) => condition switch
    {
        { Value: "" } => $"{condition.Feature} is missing",
        { Value: { } value } => $"{condition.Feature} = {value}",
        { Above: null, UpTo: null } => $"{condition.Feature} is given",
        _ => Telling.Between(condition),
    };

    private static string Target(RuleStory story) => story.Range switch
    {
        null => $"“{Telling.Cut(story.Now.Class ?? "")}”",
        { IsWithin: true } range => Telling.Between(range.From, range.To),
        { } range => $"not {Telling.Between(range.From, range.To)}",
    };

    private static string Say(Change change) => change.From.Length == 0
        ? $"{Telling.Cut(change.Feature)} {Telling.Cut(change.To)} where none is given"
        : $"{Telling.Cut(change.Feature)} {Telling.Cut(change.To)} instead of {Telling.Cut(change.From)}";

    private static string And(string[] named) => named.Length == 1 ? named[0] : $"{string.Join(", ", named[..^1])} and {named[^1]}";
}
