using Platform.Explainer.Attribution;
using Platform.Explainer.Counterfactuals;
using Platform.Explainer.Decisions;
using Platform.Explainer.Explanations;
using Platform.Explainer.Models;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Computing;

/// <summary>Explains a decision by the nearest rows that are decided otherwise.</summary>
internal sealed class CounterfactualExplainer : IDecisionExplainer
{
    private const long MaximumValues = 1_000_000;

    public string Name => DecisionMethods.Counterfactual;

    public Result<Explanation> Explain(DecisionQuestion question, CancellationToken cancellationToken)
    {
        var options = question.Question.Request.Counterfactual ?? new CounterfactualOptions();
        var count = options.Count ?? CounterfactualOptions.DefaultCount;
        if ((long)question.Predictions.Length * question.Features.Count * count > MaximumValues) return ExplanationErrors.CounterfactualsTooLarge(MaximumValues);
        var rules = new FreedomRules(question.Domains, options);
        if (rules.Check() is { } problem) return problem;
        if (!question.Decide(options.Range, options.Class, "counterfactual").Succeeded(out var decision, out var error)) return error;
        var target = Target(decision, options);
        if (!target.Succeeded(out var wanted, out error)) return error;
        var begun = Begin(question, rules, decision, wanted.Place);
        return begun.Succeeded(out var tasks, out error) ? Explain(question, tasks, decision, count, cancellationToken) : error;
    }

    private static Explanation Explain(
        DecisionQuestion question, IReadOnlyList<CounterfactualTask> tasks, Decision decision, int count, CancellationToken cancellationToken)
    {
        var values = new RowValues(question.Question.Instances, question.Question.Version.Metadata, question.Features);
        var rows = tasks.Select((task, row) => new ExplanationRow
        {
            Prediction = question.Predictions[row],
            Values = values.Of(row),
            Decision = question.Describe(decision, decision.Of(question.Predictions[row])),
            Counterfactuals = [.. CounterfactualSearch.Find(task, question.References, count, question.Question.Seed, cancellationToken)
                .Select(found => Write(question, task, found, values, decision))],
            Evaluations = task.Evaluations,
        }).ToList();
        return question.Write(DecisionMethods.Counterfactual, rows, tasks.Sum(task => task.Evaluations));
    }

    /// <summary>The place to reach; null where any other one will do.</summary>
    private static Result<Wanted> Target(Decision decision, CounterfactualOptions options)
    {
        if (decision.Range is not null) return new Wanted(Decision.Within);
        if (DecisionQuestion.TextOf(options.Class) is not { } name) return new Wanted(null);
        return decision.Find(name) is { } place ? new Wanted(place) : ModelErrors.UnknownClass(name, decision.Classes);
    }

    private static Result<IReadOnlyList<CounterfactualTask>> Begin(DecisionQuestion question, FreedomRules rules, Decision decision, int? wanted)
    {
        var budget = question.Question.Request.Budget ?? new AttributionLimits().DefaultBudget;
        var tasks = new List<CounterfactualTask>();
        for (var row = 0; row < question.Predictions.Length; row++)
        {
            var place = decision.Of(question.Predictions[row]);
            if (place == wanted) return Reached(decision, place, row);
            var cells = question.Question.Instances.Row(row);
            var task = new CounterfactualTask(question.Model, decision, other => wanted is null ? other != place : other == wanted, cells, rules.Of(cells), budget);
            if (task.Free.Length == 0) return FreedomRules.NothingFree(row);
            if (budget < CounterfactualSearch.MinimumBudget(task)) return ExplanationErrors.BudgetTooSmall(budget, CounterfactualSearch.MinimumBudget(task));
            tasks.Add(task);
        }

        return tasks;
    }

    private static Error Reached(Decision decision, int place, int row) => decision.NameOf(place) is { } name
        ? DecisionQuestion.Field("counterfactual.class", $"Row {row} is answered '{name}' already; ask for another class, or leave it out for any other.")
        : DecisionQuestion.Field("counterfactual.range", $"The answer to row {row} lies in the range already; name another range.");

    private static Counterfactual Write(DecisionQuestion question, CounterfactualTask task, Candidate found, RowValues values, Decision decision) => new()
    {
        Values = values.Of(found.Cells),
        Changes = [.. task.Changed(found.Cells).Select(feature => new FeatureChange
        {
            Feature = question.Features[feature],
            From = values.Of(task.Row[feature], feature),
            To = values.Of(found.Cells[feature], feature),
        })],
        Distance = found.Distance,
        Prediction = found.Answer,
        Decision = question.Describe(decision, found.Place),
    };

    /// <summary>The place that is to be reached; null for any other than the row's.</summary>
    private sealed record Wanted(int? Place);
}
