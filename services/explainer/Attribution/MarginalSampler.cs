using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>Draws what single features add to random coalitions, evaluated many at a time, and keeps their means and spreads.</summary>
internal sealed class MarginalSampler
{
    private const int PairsAtOnce = 2048;

    private readonly CoalitionGame _game;
    private readonly SeededRandom _random;
    private readonly CancellationToken _cancellationToken;
    private readonly CoalitionBatch _batch;
    private readonly double[] _answers;
    private readonly List<int> _drawn = [];
    private readonly int[] _order;
    private readonly int[] _varying;
    private readonly long[] _counts;
    private readonly double[] _means;
    private readonly double[] _squares;

    public MarginalSampler(CoalitionGame game, int[] players, SeededRandom random, CancellationToken cancellationToken)
    {
        (_game, _random, _cancellationToken) = (game, random, cancellationToken);
        _batch = new CoalitionBatch(game.Players, 2 * PairsAtOnce);
        _answers = new double[2 * PairsAtOnce * game.Outputs];
        (_order, _varying) = ([.. players], new int[game.Players]);
        _counts = new long[game.Players];
        (_means, _squares) = (new double[game.Players * game.Outputs], new double[game.Players * game.Outputs]);
    }

    /// <summary>Draws so many samples of one feature.</summary>
    public void Sample(int player, long samples)
    {
        for (var i = 0L; i < samples; i++)
        {
            if (!_batch.HasRoomFor(2)) Flush();
            Draw(player);
        }
    }

    /// <summary>Evaluates what has been drawn.</summary>
    public void Flush()
    {
        if (_batch.Count > 0) _game.Evaluate(_batch, _answers, _cancellationToken);
        var outputs = _game.Outputs;
        for (var i = 0; i < _drawn.Count; i++)
            Record(_drawn[i], _answers.AsSpan(2 * i * outputs, outputs), _answers.AsSpan(((2 * i) + 1) * outputs, outputs));
        _batch.Clear();
        _drawn.Clear();
    }

    /// <summary>The widest standard deviation of a feature's samples over the outputs.</summary>
    public double Spread(int player)
    {
        var widest = 0.0;
        for (var at = player * _game.Outputs; at < (player + 1) * _game.Outputs; at++) widest = Math.Max(widest, _squares[at]);
        return Math.Sqrt(widest / Math.Max(1, _counts[player] - 1));
    }

    public double[] Means() => _means.ToArray();

    /// <summary>Zero for a feature that was never drawn: it varies nowhere.</summary>
    public double[] VariancesOfMeans()
    {
        var variances = new double[_squares.Length];
        for (var at = 0; at < variances.Length; at++)
        {
            var count = _counts[at / _game.Outputs];
            if (count > 1) variances[at] = _squares[at] / (count - 1) / count;
        }

        return variances;
    }

    private void Draw(int player)
    {
        var row = _random.Next(_game.Backgrounds);
        if (!_varying.AsSpan(0, _game.Varying(row, _varying)).Contains(player))
        {
            Record(player, default, default); // a dummy of this row's game
            return;
        }

        _random.Shuffle(_order);
        var without = _batch.Add(row);
        foreach (var before in _order.AsSpan(0, _order.AsSpan().IndexOf(player))) CoalitionBatch.Join(without, before);
        var with = _batch.Add(row);
        without.CopyTo(with);
        CoalitionBatch.Join(with, player);
        _drawn.Add(player);
    }

    /// <summary>Welford's update; no answers stand for a difference of zero.</summary>
    private void Record(int player, ReadOnlySpan<double> without, ReadOnlySpan<double> with)
    {
        _counts[player]++;
        for (var output = 0; output < _game.Outputs; output++)
        {
            var at = (player * _game.Outputs) + output;
            var difference = with.IsEmpty ? 0 : with[output] - without[output];
            var delta = difference - _means[at];
            _means[at] += delta / _counts[player];
            _squares[at] += delta * (difference - _means[at]);
        }
    }
}
