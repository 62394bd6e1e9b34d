using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>
/// Shapley values feature by feature: a sample is a random order and a random background row, and what the feature adds when it
/// joins those before it. Half of the budget goes to all features alike, the other half where the samples of the first spread.
/// </summary>
/// <remarks>
/// Samples of a feature are independent, so that its standard error is that of a mean. What the estimates fail to add up to is
/// given back in proportion to their variances. It needs no more features at a time than one: for wide inputs of which few
/// matter; for others 'permutation' is better with the same budget.
/// Source: Štrumbelj &amp; Kononenko, Explaining prediction models and individual predictions with feature contributions, 2014.
/// </remarks>
internal sealed class SamplingShapley : IAttributionMethod
{
    private const int LeastSamples = 2;

    public string Name => "sampling";

    public AttributionRefusal? Refuse(CoalitionGame game, AttributionSettings settings)
    {
        if (game.Players > settings.Limits.Players)
            return AttributionRefusal.TooManyFeatures(game.Players, settings.Limits.Players, Name);
        var minimum = MinimumBudget(game, VaryingPlayers.Of(game).Length);
        return settings.Budget < minimum ? AttributionRefusal.BudgetTooSmall(settings.Budget.Value, minimum) : null;
    }

    public AttributionResult Explain(CoalitionGame game, AttributionSettings settings, CancellationToken cancellationToken)
    {
        var players = VaryingPlayers.Of(game);
        var budget = settings.Budget ?? Math.Max(settings.Limits.DefaultBudget, MinimumBudget(game, players.Length));
        var sampler = new MarginalSampler(game, players, new SeededRandom(settings.Seed), cancellationToken);
        var rounds = Math.Max(LeastSamples, (budget - 1 - game.Backgrounds) / 2 / 2 / Math.Max(1, players.Length));
        foreach (var player in players) sampler.Sample(player, rounds);
        sampler.Flush();
        Refine(sampler, players, (budget - 1 - game.Backgrounds - (2 * rounds * players.Length)) / 2);

        var (values, variances) = (sampler.Means(), sampler.VariancesOfMeans());
        Explained.GiveBack(Explained.Residual(game, values), values, variances);
        return Explained.From(game, values, Array.ConvertAll(variances, Math.Sqrt));
    }

    private static long MinimumBudget(CoalitionGame game, int players) => 1L + game.Backgrounds + (2L * LeastSamples * players);

    /// <summary>Neyman's allocation: samples in proportion to the spread.</summary>
    private static void Refine(MarginalSampler sampler, int[] players, long samples)
    {
        double[] spreads = [.. players.Select(sampler.Spread)];
        var total = spreads.Sum();
        if (total <= 0) return;
        for (var i = 0; i < players.Length; i++) sampler.Sample(players[i], (long)(samples * (spreads[i] / total)));
        sampler.Flush();
    }
}
