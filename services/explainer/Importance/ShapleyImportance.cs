using Platform.Explainer.Attribution;
using Platform.Explainer.Games;
using Platform.Explainer.Models;
using Platform.Explainer.References;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Importance;

/// <summary>
/// The mean size of each feature's Shapley values over the reference rows, each row against all of them. Exact ones where the model's structure
/// gives them away or the budget reaches; estimates otherwise, whose noise makes small importances rather too large.
/// </summary>
/// <remarks>The standard error is that of the mean over the rows. Source: Lundberg et al., From local explanations to global understanding with explainable AI for trees, 2020.</remarks>
internal sealed class ShapleyImportance : IImportanceMethod
{
    private const int LeastRows = 2;

    /// <summary>Rows that the model answers for one explained row, unless the method needs more.</summary>
    private const long DefaultBudget = 2_048;

    public string Name => "shap";

    public int DefaultRows => 100;

    public bool WantsLabels => false;

    public Result<MeasuredImportance> Measure(ReferenceTable table, ImportanceSettings settings, CancellationToken cancellationToken)
    {
        if (table.Rows.Count < LeastRows) return ReferenceErrors.TooFew(table.Rows.Count, LeastRows);
        var background = TabularBackground.Evaluate(table.Model, [.. table.Rows.SelectMany(row => row)], cancellationToken);
        var games = table.Rows.Select((row, at) =>
            new TabularGame(table.Model, row, background.Outputs.Of(at).ToArray(), background) { Structure = table.Structure }).ToList();
        var budget = settings.Budget ?? games.Max(game => Math.Max(DefaultBudget, PermutationPlan.MinimumBudget(game)));
        var attribution = new AttributionSettings(settings.Seed, budget, new AttributionLimits());
        var method = AttributionMethods.Resolve(AttributionMethods.Auto, games, attribution);
        if (games.Select(game => method.Refuse(game, attribution)).FirstOrDefault(refusal => refusal is not null) is { } refused)
            return new Error(StatusCodes.Status422UnprocessableEntity, refused.Code, refused.Detail);

        var groups = settings.PerLabel ? table.OutputNames.Count : 1;
        var moments = new GroupMoments(table.Features.Count, groups);
        foreach (var game in games)
        {
            var result = method.Explain(game, attribution, cancellationToken);
            if (!result.IsFinite) return ModelErrors.NotFinite();
            Add(result.Values, settings.PerLabel, game.Outputs, moments);
        }

        return new MeasuredImportance(ImportanceMeasure.ShapleySize, Groups(table, settings.PerLabel), moments.Means(), moments.StandardErrors())
        {
            Attribution = method.Name,
        };
    }

    private static void Add(double[] values, bool perLabel, int outputs, GroupMoments moments)
    {
        for (var at = 0; at < values.Length; at += outputs)
        {
            var sizes = values.AsSpan(at, outputs).ToArray().Select(Math.Abs).ToArray();
            if (!perLabel) moments.Add(at / outputs, 0, sizes.Average());
            for (var output = 0; perLabel && output < outputs; output++) moments.Add(at / outputs, output, sizes[output]);
        }
    }

    private static IReadOnlyList<ImportanceGroup> Groups(ReferenceTable table, bool perLabel) => perLabel
        ? [.. table.OutputNames.Select(name => new ImportanceGroup(name, null, table.Rows.Count))]
        : [new ImportanceGroup(null, null, table.Rows.Count)];
}
