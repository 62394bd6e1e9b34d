using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>What coalitions among the varying players are worth: the mean over all background rows.</summary>
internal sealed class CoalitionWorth(CoalitionGame game, int[] players, CancellationToken cancellationToken)
{
    private const int RowsAtOnce = 4096;

    private readonly CoalitionBatch _batch = new(game.Players, Math.Max(RowsAtOnce, game.Backgrounds));
    private readonly double[] _answers = new double[Math.Max(RowsAtOnce, game.Backgrounds) * game.Outputs];
    private readonly double[] _means = new double[Math.Max(1, RowsAtOnce / game.Backgrounds) * game.Outputs];

    /// <summary>Coalitions that are evaluated at once, at least 1.</summary>
    public int Capacity { get; } = Math.Max(1, RowsAtOnce / game.Backgrounds);

    /// <summary>Row-major [coalitions, outputs]; valid until the next call.</summary>
    public Span<double> Evaluate(ReadOnlySpan<WeighedCoalition> coalitions)
    {
        _batch.Clear();
        foreach (var coalition in coalitions)
        {
            for (var row = 0; row < game.Backgrounds; row++) Join(_batch.Add(row), coalition);
        }

        game.Evaluate(_batch, _answers, cancellationToken);
        for (var i = 0; i < coalitions.Length; i++) Average(i);
        return _means.AsSpan(0, coalitions.Length * game.Outputs);
    }

    private void Join(Span<ulong> members, WeighedCoalition coalition)
    {
        for (var i = 0; i < players.Length; i++)
        {
            if (coalition.Has(i)) CoalitionBatch.Join(members, players[i]);
        }
    }

    // As differences from the first row: the mean of equal answers is that answer.
    private void Average(int coalition)
    {
        var answers = _answers.AsSpan(coalition * game.Backgrounds * game.Outputs, game.Backgrounds * game.Outputs);
        for (var output = 0; output < game.Outputs; output++)
        {
            var (first, sum) = (answers[output], 0.0);
            for (var at = output; at < answers.Length; at += game.Outputs) sum += answers[at] - first;
            _means[(coalition * game.Outputs) + output] = first + (sum / game.Backgrounds);
        }
    }
}
