using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>The players that differ from some background row; all others are dummies of every row's game.</summary>
internal static class VaryingPlayers
{
    public static int[] Of(CoalitionGame game)
    {
        var varies = new bool[game.Players];
        var buffer = new int[game.Players];
        for (var row = 0; row < game.Backgrounds; row++)
        {
            foreach (var player in buffer.AsSpan(0, game.Varying(row, buffer))) varies[player] = true;
        }

        return [.. Enumerable.Range(0, game.Players).Where(player => varies[player])];
    }
}
