using System.Buffers;
using System.Numerics;
using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>
/// Shapley values by their definition: phi_i = Σ_S |S|! (M − |S| − 1)! / M! · (v(S ∪ i) − v(S)) over all coalitions S without i.
/// Each background row is a game of its own among the features that differ from it, so that a row which differs in D features
/// costs 2^D − 2 evaluations, whatever the number of features; the values are then averaged over the rows.
/// Source: Shapley, A value for n-person games, 1953; Lundberg &amp; Lee 2017 for the game.
/// </summary>
internal sealed class ExactShapley : IAttributionMethod
{
    public string Name => "exact";

    public AttributionRefusal? Refuse(CoalitionGame game, AttributionSettings settings)
    {
        var limits = settings.Limits;
        var widest = 0;
        var evaluations = 1L + game.Backgrounds;
        for (var background = 0; background < game.Backgrounds; background++)
        {
            var varying = game.VaryingCount(background);
            widest = Math.Max(widest, varying);
            if (varying <= limits.ExactPlayers)
                evaluations += Math.Max(0, (1L << varying) - 2);
        }

        if (widest > limits.ExactPlayers)
            return AttributionRefusal.TooManyFeatures(widest, limits.ExactPlayers, Name);
        if ((1L << widest) * game.Outputs > limits.ExactTableCells)
            return AttributionRefusal.TableTooLarge(widest, game.Outputs);
        return evaluations > limits.ExactEvaluations ? AttributionRefusal.WorkTooLarge(evaluations, limits.ExactEvaluations) : null;
    }

    public AttributionResult Explain(CoalitionGame game, AttributionSettings settings, CancellationToken cancellationToken)
    {
        var values = new double[game.Players * game.Outputs];
        var table = new CoalitionTable(game);
        for (var background = 0; background < game.Backgrounds; background++)
        {
            table.Fill(background, cancellationToken);
            Share(table, values, game);
        }

        return Explained.From(game, values, standardErrors: null);
    }

    /// <summary>Adds one background row's Shapley values, divided by the number of rows.</summary>
    private static void Share(CoalitionTable table, double[] values, CoalitionGame game)
    {
        var varying = table.Varying;
        if (varying.Length == 0)
            return;

        var weights = ArrayPool<double>.Shared.Rent(table.Size);
        try
        {
            WeighCoalitions(weights.AsSpan(0, table.Size), varying.Length, scale: 1.0 / game.Backgrounds);
            for (var player = 0; player < varying.Length; player++)
            {
                for (var output = 0; output < game.Outputs; output++)
                    values[varying[player] * game.Outputs + output] +=
                        WeightedDifferences(table.Values(output), weights.AsSpan(0, table.Size), 1 << player);
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(weights);
        }
    }

    /// <summary>Writes scale · s! (D − s − 1)! / D! = scale / (D · C(D − 1, s)) for every coalition of s members.</summary>
    private static void WeighCoalitions(Span<double> weights, int players, double scale)
    {
        Span<double> bySize = stackalloc double[players + 1];
        var choose = 1.0;
        for (var size = 0; size < players; size++)
        {
            bySize[size] = scale / (players * choose);
            choose = choose * (players - 1 - size) / (size + 1);
        }

        for (var coalition = 0; coalition < weights.Length; coalition++)
            weights[coalition] = bySize[BitOperations.PopCount((uint)coalition)];
    }

    /// <summary>
    /// Σ_S weight(S) · (v(S ∪ player) − v(S)). In binary order the coalitions without the player lie in blocks of
    /// <paramref name="bit"/>, each followed by the block with it. Differences first: equal values then give exactly zero.
    /// </summary>
    private static double WeightedDifferences(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, int bit)
    {
        var sum = 0.0;
        for (var block = 0; block < values.Length; block += 2 * bit)
            sum += WeightedDifference(weights.Slice(block, bit), values.Slice(block + bit, bit), values.Slice(block, bit));
        return sum;
    }

    private static double WeightedDifference(ReadOnlySpan<double> weights, ReadOnlySpan<double> with, ReadOnlySpan<double> without)
    {
        var sums = Vector<double>.Zero;
        var i = 0;
        for (; i <= weights.Length - Vector<double>.Count; i += Vector<double>.Count)
            sums += new Vector<double>(weights[i..]) * (new Vector<double>(with[i..]) - new Vector<double>(without[i..]));

        var sum = Vector.Sum(sums);
        for (; i < weights.Length; i++)
            sum += weights[i] * (with[i] - without[i]);
        return sum;
    }
}
