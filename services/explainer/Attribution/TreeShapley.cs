using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>
/// Exact interventional Shapley values of an ensemble of trees, from the trees themselves and without an evaluation of the model:
/// against one background row, only the leaves count that a mixture of the two rows can reach.
/// </summary>
/// <remarks>
/// A leaf reached by taking u features of the instance and v of the background is worth, to each of the former, its value times
/// (u − 1)! v! / (u + v)!, and costs each of the latter its value times u! (v − 1)! / (u + v)!. One walk per tree and background row adds
/// these up where the rows part. The trees must answer as the model does, on the instance and on every background row: what
/// stands in the file is held against what the runtime says.
/// Source: Lundberg et al., From local explanations to global understanding with explainable AI for trees, 2020 (independent
/// TreeSHAP).
/// </remarks>
internal sealed class TreeShapley : IAttributionMethod
{
    // The runtime adds up leaves in single precision.
    private const double Tolerance = 1e-4;

    public string Name => "tree";

    public AttributionRefusal? Refuse(CoalitionGame game, AttributionSettings settings)
    {
        if (game.Trees is not { } trees || trees.Ensemble.Features > game.Players)
            return AttributionRefusal.NotApplicable(Name, "an output that is the sum of trees over the input's cells, without a transformation afterwards");
        return Agree(game, trees) ? null : AttributionRefusal.NotApplicable(Name, "a model that answers as the trees in its file do, which this does not");
    }

    public AttributionResult Explain(CoalitionGame game, AttributionSettings settings, CancellationToken cancellationToken)
    {
        var trees = game.Trees!;
        var whole = new double[game.Players * trees.Ensemble.Outputs];
        var walk = new TreeWalk(trees.Ensemble, trees.Instance, whole);
        for (var row = 0; row < game.Backgrounds; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            walk.Add(trees.Background.Row(row));
        }

        var values = new double[game.Players * game.Outputs];
        for (var player = 0; player < game.Players; player++)
        {
            for (var output = 0; output < game.Outputs; output++)
                values[(player * game.Outputs) + output] = whole[(player * trees.Ensemble.Outputs) + trees.Columns[output]] / game.Backgrounds;
        }

        return Explained.From(game, values, standardErrors: null);
    }

    private static bool Agree(CoalitionGame game, TreeView trees)
    {
        var answer = new double[trees.Ensemble.Outputs];
        if (!Agree(trees, trees.Instance, game.Prediction, answer)) return false;
        for (var row = 0; row < game.Backgrounds; row++)
        {
            if (!Agree(trees, trees.Background.Row(row), game.BackgroundOutput(row), answer)) return false;
        }

        return true;
    }

    private static bool Agree(TreeView trees, ReadOnlySpan<double> row, ReadOnlySpan<double> expected, double[] answer)
    {
        trees.Ensemble.Evaluate(row, answer);
        for (var output = 0; output < expected.Length; output++)
        {
            if (!(Math.Abs(answer[trees.Columns[output]] - expected[output]) <= Tolerance * (1 + Math.Abs(expected[output])))) return false;
        }

        return true;
    }
}
