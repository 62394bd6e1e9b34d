using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>What the permutation method can afford.</summary>
/// <param name="Pairs">Antithetic pairs walked for every background row; 0: one forward walk for each of <paramref name="Rows"/>.</param>
/// <param name="Rows">The background rows that are walked: all of them, or a random subset if the budget does not reach.</param>
internal sealed record PermutationPlan(int Pairs, int[] Rows)
{
    /// <summary>Pairs per background row when the request names no budget, as far as the default budget allows.</summary>
    private const int DefaultPairs = 10;

    /// <summary>What is spent at least when the request names no budget: against one background row ten pairs are few.</summary>
    private const long LeastDefaultBudget = 4096;

    /// <summary>More pairs than this cannot be told apart by their standard errors any more.</summary>
    private const int MaximumPairs = 1 << 14;

    /// <summary>Both ends of every game and two walks: fewer leave no way to be additive and to know an error.</summary>
    public static long MinimumBudget(CoalitionGame game) => Ends(game) + (2 * LongestWalk(game));

    public static PermutationPlan For(CoalitionGame game, AttributionSettings settings, SeededRandom random)
    {
        var round = 0L;
        for (var row = 0; row < game.Backgrounds; row++)
            round += WalkCost(game, row);

        var budget = settings.Budget ?? DefaultBudget(game, round, settings.Limits.DefaultBudget);
        var pairs = (budget - Ends(game)) / Math.Max(1, 2 * round);
        if (round == 0)
            pairs = 1;
        return pairs > 0
            ? new PermutationPlan((int)Math.Min(pairs, MaximumPairs), Enumerable.Range(0, game.Backgrounds).ToArray())
            : new PermutationPlan(0, Affordable(game, budget - Ends(game), random));
    }

    private static long DefaultBudget(CoalitionGame game, long round, long limit)
    {
        var wanted = Math.Max(LeastDefaultBudget, Ends(game) + (2 * DefaultPairs * round));
        return Math.Max(MinimumBudget(game), Math.Min(limit, wanted));
    }

    private static int[] Affordable(CoalitionGame game, long evaluations, SeededRandom random)
    {
        var rows = random.Permutation(game.Backgrounds);
        var count = 0;
        while (count < rows.Length && WalkCost(game, rows[count]) <= evaluations)
            evaluations -= WalkCost(game, rows[count++]);
        return rows[..count];
    }

    /// <summary>Evaluations for f(x) and f of every background row.</summary>
    private static long Ends(CoalitionGame game) => 1L + game.Backgrounds;

    /// <summary>A walk over D features meets D − 1 coalitions between its two ends.</summary>
    private static long WalkCost(CoalitionGame game, int row) => Math.Max(0, game.VaryingCount(row) - 1);

    private static long LongestWalk(CoalitionGame game)
    {
        var longest = 0L;
        for (var row = 0; row < game.Backgrounds; row++)
            longest = Math.Max(longest, WalkCost(game, row));
        return longest;
    }
}
