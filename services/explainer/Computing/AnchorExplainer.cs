using Platform.Explainer.Anchors;
using Platform.Explainer.Attribution;
using Platform.Explainer.Decisions;
using Platform.Explainer.Explanations;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Computing;

/// <summary>Explains a decision by a rule under which it is nearly always the same.</summary>
internal sealed class AnchorExplainer : IDecisionExplainer
{
    public string Name => DecisionMethods.Anchors;

    public Result<Explanation> Explain(DecisionQuestion question, CancellationToken cancellationToken)
    {
        var options = question.Question.Request.Anchors ?? new AnchorOptions();
        if (!question.Decide(options.Range, options.Class, "anchors").Succeeded(out var decision, out var error)) return error;
        var settings = new AnchorSettings(
            options.Precision ?? AnchorOptions.DefaultPrecision, options.Confidence ?? AnchorOptions.DefaultConfidence, options.BeamWidth ?? AnchorOptions.DefaultBeamWidth,
            question.Question.Request.Budget ?? new AttributionLimits().DefaultBudget, question.Question.Seed);
        var instances = question.Question.Instances;
        var sayable = Enumerable.Range(0, instances.Count).Select(row => Predicates.Of(question.Domains, instances.Row(row), question.References)).ToList();
        var minimum = AnchorSearch.MinimumBudget(sayable.Max(predicates => predicates.Count));
        if (settings.Budget < minimum) return ExplanationErrors.BudgetTooSmall(settings.Budget, minimum);

        var values = new RowValues(instances, question.Question.Version.Metadata, question.Features);
        var evaluations = 0L;
        var rows = new List<ExplanationRow>();
        for (var row = 0; row < instances.Count; row++)
        {
            var place = decision.Of(question.Predictions[row]);
            var sampler = new RuleSampler(question.Model, decision, instances.Row(row), place, question.References, sayable[row], settings);
            var search = new AnchorSearch(sampler, sayable[row], question.References, settings);
            var rule = search.Find(cancellationToken);
            var spent = settings.Budget - sampler.Left;
            evaluations += spent;
            rows.Add(new ExplanationRow
            {
                Prediction = question.Predictions[row],
                Values = values.Of(row),
                Decision = question.Describe(decision, place),
                Evaluations = spent,
                Anchor = Write(question, rule, sayable[row], values, settings) with { IsReached = search.IsReached(rule) },
            });
        }

        return question.Write(Name, rows, evaluations);
    }

    private static Anchor Write(DecisionQuestion question, Rule rule, IReadOnlyList<Predicate> predicates, RowValues values, AnchorSettings settings) => new()
    {
        Conditions = [.. rule.Predicates.Select(at => Write(question, predicates[at], values))],
        Precision = rule.Precision,
        PrecisionLow = rule.Low,
        PrecisionHigh = rule.High,
        Confidence = settings.Confidence,
        Coverage = rule.Coverage,
        Samples = rule.Samples,
    };

    private static AnchorCondition Write(DecisionQuestion question, Predicate predicate, RowValues values) => new()
    {
        Feature = question.Features[predicate.Feature],
        EqualTo = predicate.Value is { } value && !double.IsNaN(value) ? values.Of(value, predicate.Feature) : null,
        Above = predicate.Value is null && double.IsFinite(predicate.Above) ? predicate.Above : null,
        UpTo = predicate.Value is null && double.IsFinite(predicate.UpTo) ? predicate.UpTo : null,
        IsMissing = predicate.Value is double.NaN,
        IsGiven = predicate.IsGiven,
    };
}
