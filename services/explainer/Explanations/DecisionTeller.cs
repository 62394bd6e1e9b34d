using System.Text.Json;
using Platform.Explainer.Anchors;
using Platform.Explainer.Counterfactuals;
using Platform.Explainer.Decisions;
using Platform.Explainer.Pictures;
using Platform.Explainer.Showing;
using Platform.Explainer.Wording;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Explanations;

/// <summary>Tells and shows what explains the decision about one row.</summary>
internal static class DecisionTeller
{
    /// <summary>The row in words; null where its prediction was divided instead.</summary>
    public static string? Tell(Explanation explanation, ExplanationRow row, IWording wording) => row switch
    {
        { Counterfactuals: { } ways } => wording.Decisions.Tell(Story(explanation, row, ways)),
        { Anchor: { } anchor } => wording.Decisions.Tell(Story(explanation, row, anchor)),
        _ => null,
    };

    /// <summary>The row as a picture and a page.</summary>
    public static Result<Shown> Show(Explanation explanation, ExplanationRow row, string? picture, IWording wording, IEnumerable<(string Name, string Text)> facts)
    {
        var name = row.Anchor is null ? ChangePicture.Name : RulePicture.Name;
        if (picture is not null && picture != name) return ShowingErrors.PictureUnknown(picture, [name]);
        if (row.Anchor is { } anchor)
        {
            var rule = Story(explanation, row, anchor);
            var drawn = RulePicture.Draw(rule, wording);
            return new Shown(drawn, () => DecisionPages.Write(rule, wording, drawn, facts));
        }

        var changes = Story(explanation, row, row.Counterfactuals ?? []);
        var svg = ChangePicture.Draw(changes, wording);
        return new Shown(svg, () => DecisionPages.Write(changes, wording, svg, facts));
    }

    private static ChangeStory Story(Explanation explanation, ExplanationRow row, IReadOnlyList<Counterfactual> ways) => new()
    {
        Model = explanation.Model,
        Version = explanation.Version,
        Now = Outcome(explanation, row.Decision!, row.Prediction),
        Ways = [.. ways.Select(way => new Way(Outcome(explanation, way.Decision, way.Prediction), way.Distance, [.. way.Changes.Select(Change)]))],
        Evaluations = row.Evaluations ?? explanation.Evaluations,
    };

    private static RuleStory Story(Explanation explanation, ExplanationRow row, Anchor anchor) => new()
    {
        Model = explanation.Model,
        Version = explanation.Version,
        Now = Outcome(explanation, row.Decision!, row.Prediction),
        Range = row.Decision!.Range is { } range ? (range.From, range.To, row.Decision.IsWithinRange == true) : null,
        Conditions = [.. anchor.Conditions.Select(condition => new Condition(
            condition.Feature, condition.IsMissing ? "" : condition.EqualTo is { } value ? Storyteller.Read(value) : null, condition.Above, condition.UpTo))],
        Precision = anchor.Precision,
        PrecisionLow = anchor.PrecisionLow,
        PrecisionHigh = anchor.PrecisionHigh,
        Coverage = anchor.Coverage,
        IsReached = anchor.IsReached,
    };

    private static Outcome Outcome(Explanation explanation, DecidedAnswer decided, IReadOnlyList<double> prediction)
    {
        var column = Math.Max(0, explanation.OutputNames.ToList().IndexOf(decided.Output));
        return new Outcome(decided.Class, decided.Output, prediction[column]);
    }

    private static Change Change(FeatureChange change) => new(
        change.Feature, Storyteller.Read(change.From), Storyteller.Read(change.To),
        change is { From.ValueKind: JsonValueKind.Number, To.ValueKind: JsonValueKind.Number } ? change.To.GetDouble().CompareTo(change.From.GetDouble()) : 0);
}
