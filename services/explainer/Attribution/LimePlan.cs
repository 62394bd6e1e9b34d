using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>How LIME spends a budget.</summary>
/// <param name="Neighbours">How many neighbours of the instance are looked at.</param>
/// <param name="RowsEach">How many background rows each of them is the mean of.</param>
internal readonly record struct LimePlan(int Neighbours, int RowsEach)
{
    // Fewer than a few a feature fit any answers well, and R² would say nothing.
    private const int LeastNeighboursPerPlayer = 4;
    private const int FewNeighbours = 512;
    private const int MostNeighbours = 5000;

    /// <summary>Both ends of every game, and four neighbours of one row a feature.</summary>
    public static long MinimumBudget(CoalitionGame game, int players) => Ends(game) + ((long)LeastNeighboursPerPlayer * players);

    /// <summary>Enough neighbours first, then more rows for each, then more neighbours.</summary>
    public static LimePlan For(CoalitionGame game, int players, AttributionSettings settings)
    {
        var enough = Math.Max(FewNeighbours, LeastNeighboursPerPlayer * players);
        var budget = settings.Budget ?? Math.Max(
            MinimumBudget(game, players), Math.Min(settings.Limits.KernelDefaultBudget, Ends(game) + ((long)enough * game.Backgrounds)));
        var left = budget - Ends(game);
        var rows = (int)Math.Clamp(left / enough, 1, game.Backgrounds);
        return new LimePlan((int)Math.Min(left / rows, Math.Max(MostNeighbours, enough)), rows);
    }

    private static long Ends(CoalitionGame game) => 1L + game.Backgrounds;
}
