using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>
/// Shapley values as the weighted least-squares fit of an additive game to the worth of many coalitions, under the constraint that
/// the values add up. Coalitions come in pairs with their complements; the smallest and largest sizes are taken whole as far as
/// the budget reaches, the others sampled by their weight. With a budget for all 2^M − 2 coalitions the values are exact.
/// </summary>
/// <remarks>
/// A coalition is worth its mean over the background rows, each of which costs an evaluation. Standard errors are those of a
/// jackknife over ten groups of the sampled pairs; none are claimed where every coalition was evaluated.
/// Source: Lundberg &amp; Lee, A Unified Approach to Interpreting Model Predictions, 2017 (kernel); Covert &amp; Lee, Improving
/// KernelSHAP, 2021 (pairs, constraint, error).
/// </remarks>
internal sealed class KernelShapley : IAttributionMethod
{
    public string Name => "kernel";

    public AttributionRefusal? Refuse(CoalitionGame game, AttributionSettings settings)
    {
        var players = VaryingPlayers.Of(game).Length;
        if (players > settings.Limits.KernelPlayers)
            return AttributionRefusal.TooManyFeatures(players, settings.Limits.KernelPlayers, Name);
        var minimum = KernelPlan.MinimumBudget(game, players);
        return settings.Budget < minimum ? AttributionRefusal.BudgetTooSmall(settings.Budget.Value, minimum) : null;
    }

    public AttributionResult Explain(CoalitionGame game, AttributionSettings settings, CancellationToken cancellationToken)
    {
        var players = VaryingPlayers.Of(game);
        var plan = KernelPlan.For(game, players.Length, settings, new SeededRandom(settings.Seed));
        var fit = new AdditiveFit(players.Length, Total(game), plan.Groups);
        var worth = new CoalitionWorth(game, players, cancellationToken);
        foreach (var chunk in plan.Coalitions.Chunk(worth.Capacity)) Add(fit, worth, game, chunk);
        return Explained.From(game, Spread(game, players, fit.Solve()), Errors(game, players, fit));
    }

    private static void Add(AdditiveFit fit, CoalitionWorth worth, CoalitionGame game, WeighedCoalition[] coalitions)
    {
        var values = worth.Evaluate(coalitions);
        for (var i = 0; i < coalitions.Length; i++)
        {
            var value = values.Slice(i * game.Outputs, game.Outputs);
            for (var output = 0; output < value.Length; output++) value[output] -= game.Base[output];
            fit.Add(coalitions[i], value);
        }
    }

    /// <summary>What there is to divide: f(x) − base, per output.</summary>
    private static double[] Total(CoalitionGame game)
    {
        var total = game.Prediction.ToArray();
        for (var output = 0; output < total.Length; output++) total[output] -= game.Base[output];
        return total;
    }

    private static double[]? Errors(CoalitionGame game, int[] players, AdditiveFit fit) =>
        fit.StandardErrors() is { } errors ? Spread(game, players, errors) : null;

    /// <summary>From the varying players to all: dummies get zero.</summary>
    private static double[] Spread(CoalitionGame game, int[] players, double[] values)
    {
        var all = new double[game.Players * game.Outputs];
        for (var i = 0; i < players.Length; i++)
            values.AsSpan(i * game.Outputs, game.Outputs).CopyTo(all.AsSpan(players[i] * game.Outputs));
        return all;
    }
}
