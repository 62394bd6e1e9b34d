using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>
/// LIME: the straight line that is nearest to the model near the instance. Neighbours keep some features of the instance and take the others from
/// background rows (of a text: leave words out); they weigh by how much they keep, and a ridge regression over “kept or not” gives each feature's part.
/// </summary>
/// <remarks>
/// A neighbour is the mean over background rows, over all of them where the budget reaches. It keeps a random number of features, each number from 0
/// to M − 1 alike, and with the share k of them kept it weighs exp(−((1 − √k) / 0.25)²), its cosine distance in the kernel of LIME for
/// texts. The parts are no division: what they leave is the residual, and R² says how straight the model is nearby.
/// Source: Ribeiro, Singh &amp; Guestrin, “Why Should I Trust You?”: Explaining the Predictions of Any Classifier, 2016.
/// </remarks>
internal sealed class Lime : IAttributionMethod
{
    /// <summary>Of the kernel that weighs neighbours.</summary>
    public const double KernelWidth = 0.25;

    public string Name => "lime";

    public AttributionRefusal? Refuse(CoalitionGame game, AttributionSettings settings)
    {
        var players = VaryingPlayers.Of(game).Length;
        if (players > settings.Limits.LimePlayers)
            return AttributionRefusal.TooManyFeatures(players, settings.Limits.LimePlayers, Name);
        var minimum = LimePlan.MinimumBudget(game, players);
        return settings.Budget < minimum ? AttributionRefusal.BudgetTooSmall(settings.Budget.Value, minimum) : null;
    }

    public AttributionResult Explain(CoalitionGame game, AttributionSettings settings, CancellationToken cancellationToken)
    {
        var players = VaryingPlayers.Of(game);
        var plan = LimePlan.For(game, players.Length, settings);
        var fit = new RidgeFit(players.Length, game.Outputs);
        // The instance is its own nearest neighbour.
        fit.Add([.. Enumerable.Range(0, players.Length)], 1, new double[game.Outputs]);
        if (players.Length > 0) AddNeighbours(fit, plan, game, players, new SeededRandom(settings.Seed), cancellationToken);

        var values = new double[game.Players * game.Outputs];
        var solved = fit.Solve();
        for (var i = 0; i < players.Length; i++)
            solved.AsSpan(i * game.Outputs, game.Outputs).CopyTo(values.AsSpan(players[i] * game.Outputs));
        return Explained.From(game, values, standardErrors: null) with { Fit = new SurrogateFit(fit.RSquared(solved), KernelWidth) };
    }

    /// <summary>What a neighbour that keeps so many of the features weighs.</summary>
    public static double Weight(int kept, int players)
    {
        var distance = (1 - Math.Sqrt((double)kept / players)) / KernelWidth;
        return Math.Exp(-distance * distance);
    }

    private static void AddNeighbours(
        RidgeFit fit, LimePlan plan, CoalitionGame game, int[] players, SeededRandom random, CancellationToken cancellationToken)
    {
        var draw = new LimeNeighbours(game, players, plan.RowsEach, random);
        for (var left = plan.Neighbours; left > 0; left -= draw.Capacity)
        {
            cancellationToken.ThrowIfCancellationRequested();
            draw.Evaluate(Math.Min(left, draw.Capacity), cancellationToken);
            for (var i = 0; i < draw.Count; i++) fit.Add(draw.Kept(i), Weight(draw.Kept(i).Length, players.Length), draw.Difference(i));
        }
    }
}
