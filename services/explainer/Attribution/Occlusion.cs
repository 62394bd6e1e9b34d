using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>
/// What the prediction loses when one feature alone is taken away: f(x) − mean_b f(x with the feature of background row b). It
/// answers “what if this were unknown?” and divides nothing: what features do only together is counted for each of them or for
/// none, and stands in the residual.
/// </summary>
/// <remarks>
/// Where the budget does not reach all background rows, so many random ones stand for them, with a standard error.
/// Source: Zeiler &amp; Fergus, Visualizing and Understanding Convolutional Networks, 2014; Robnik-Šikonja &amp; Kononenko 2008.
/// </remarks>
internal sealed class Occlusion : IAttributionMethod
{
    public string Name => "occlusion";

    public AttributionRefusal? Refuse(CoalitionGame game, AttributionSettings settings)
    {
        if (game.Players > settings.Limits.Players)
            return AttributionRefusal.TooManyFeatures(game.Players, settings.Limits.Players, Name);
        var minimum = 1L + game.Backgrounds + VaryingPlayers.Of(game).Length;
        return settings.Budget < minimum ? AttributionRefusal.BudgetTooSmall(settings.Budget.Value, minimum) : null;
    }

    public AttributionResult Explain(CoalitionGame game, AttributionSettings settings, CancellationToken cancellationToken)
    {
        var players = VaryingPlayers.Of(game);
        var rows = Rows(game, players.Length, settings);
        var losses = new MarginalMoments(game.Players * game.Outputs, rows: 1, samplesPerRow: 0);
        var (batch, answers) = (new CoalitionBatch(game.Players, Math.Max(1, players.Length)), new double[Math.Max(1, players.Length) * game.Outputs]);
        foreach (var row in rows) losses.Add(Losses(game, players, row, batch, answers, cancellationToken));

        var isSample = rows.Length < game.Backgrounds;
        return Explained.From(game, losses.Mean(),
            isSample && losses.VarianceOfMean() is { } variances ? Array.ConvertAll(variances, Math.Sqrt) : null);
    }

    private static int[] Rows(CoalitionGame game, int players, AttributionSettings settings)
    {
        var budget = (settings.Budget ?? settings.Limits.DefaultBudget) - 1 - game.Backgrounds;
        var affordable = Math.Max(1, budget / Math.Max(1, players));
        return affordable >= game.Backgrounds
            ? [.. Enumerable.Range(0, game.Backgrounds)]
            : new SeededRandom(settings.Seed).Permutation(game.Backgrounds)[..(int)affordable];
    }

    /// <summary>Row-major [players, outputs] against one background row.</summary>
    private static double[] Losses(
        CoalitionGame game, int[] players, int row, CoalitionBatch batch, double[] answers, CancellationToken cancellationToken)
    {
        batch.Clear();
        foreach (var absent in players)
        {
            var members = batch.Add(row);
            foreach (var present in players)
            {
                if (present != absent) CoalitionBatch.Join(members, present);
            }
        }

        if (batch.Count > 0) game.Evaluate(batch, answers, cancellationToken);
        var losses = new double[game.Players * game.Outputs];
        for (var i = 0; i < players.Length; i++)
        {
            for (var output = 0; output < game.Outputs; output++)
                losses[(players[i] * game.Outputs) + output] = game.Prediction[output] - answers[(i * game.Outputs) + output];
        }

        return losses;
    }
}
