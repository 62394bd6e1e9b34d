using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>
/// Shapley values by sampling orders in which the features join: a feature's value is its mean marginal contribution. Every
/// order is walked forwards and backwards (antithetic), which is exact for pairwise interactions after one pair, and for each
/// background row separately, with orders of its own, so that the budget buys as many independent orders as it can.
/// </summary>
/// <remarks>
/// Marginals of a walk telescope to f(x) − f(b), so with every background row walked equally often the values add up exactly.
/// Where the budget does not reach all rows, a random subset is walked and the difference between its mean and the base is
/// given back to the features in proportion to their variances: the best linear correction for independent errors.
/// Standard errors: across orders within each row where each has several pairs; otherwise across the walked rows, which is
/// conservative as it counts the spread between rows as error. Repeatable: the seed decides everything.
/// Source: Castro, Gómez &amp; Tejada, Polynomial calculation of the Shapley value based on sampling, 2009; Štrumbelj &amp;
/// Kononenko 2014; Mitchell, Cooper, Frank &amp; Holmes, Sampling permutations for Shapley value estimation, 2022 (antithetic).
/// </remarks>
internal sealed class PermutationShapley : IAttributionMethod
{
    public string Name => "permutation";

    public AttributionRefusal? Refuse(CoalitionGame game, AttributionSettings settings)
    {
        if (game.Players > settings.Limits.Players)
            return AttributionRefusal.TooManyFeatures(game.Players, settings.Limits.Players, Name);

        var minimum = PermutationPlan.MinimumBudget(game);
        return settings.Budget < minimum ? AttributionRefusal.BudgetTooSmall(settings.Budget.Value, minimum) : null;
    }

    public AttributionResult Explain(CoalitionGame game, AttributionSettings settings, CancellationToken cancellationToken)
    {
        var random = new SeededRandom(settings.Seed);
        var plan = PermutationPlan.For(game, settings, random);
        var marginals = new MarginalMoments(game.Players * game.Outputs, plan.Rows.Length, plan.Pairs);
        Sample(game, plan, random, marginals, cancellationToken);

        var values = marginals.Mean();
        var variances = marginals.VarianceOfMean();
        if (plan.Rows.Length < game.Backgrounds && variances is not null)
            Explained.GiveBack(Explained.Residual(game, values), values, variances);
        return Explained.From(game, values, variances is null ? null : Array.ConvertAll(variances, Math.Sqrt));
    }

    private static void Sample(
        CoalitionGame game, PermutationPlan plan, SeededRandom random, MarginalMoments marginals, CancellationToken cancellationToken)
    {
        var walker = new PermutationWalker(game, marginals, cancellationToken);
        var varying = new int[game.Players];
        foreach (var background in plan.Rows)
        {
            var players = varying.AsSpan(0, game.Varying(background, varying));
            for (var repeat = 0; repeat < Math.Max(1, plan.Pairs); repeat++)
            {
                random.Shuffle(players);
                walker.Walk(background, players, antithetic: plan.Pairs > 0);
            }
        }

        walker.Flush();
    }
}
