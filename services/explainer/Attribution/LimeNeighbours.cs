using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>Draws neighbours of an instance and asks the model about them, some thousand rows at once.</summary>
internal sealed class LimeNeighbours
{
    private const int RowsAtOnce = 4096;

    private readonly CoalitionGame _game;
    private readonly int[] _players;
    private readonly int _rows;
    private readonly SeededRandom _random;
    private readonly int[] _order;
    private readonly int[] _backgrounds;
    private readonly int[][] _kept;
    private readonly CoalitionBatch _batch;
    private readonly double[] _answers;
    private readonly double[] _differences;

    /// <param name="game">The instance's game.</param>
    /// <param name="players">Its varying players.</param>
    /// <param name="rows">How many background rows a neighbour is the mean of.</param>
    /// <param name="random">Decides every neighbour.</param>
    public LimeNeighbours(CoalitionGame game, int[] players, int rows, SeededRandom random)
    {
        (_game, _players, _rows, _random) = (game, players, rows, random);
        Capacity = Math.Max(1, RowsAtOnce / rows);
        _order = [.. Enumerable.Range(0, players.Length)];
        _backgrounds = [.. Enumerable.Range(0, game.Backgrounds)];
        _kept = new int[Capacity][];
        _batch = new CoalitionBatch(game.Players, Capacity * rows);
        _answers = new double[Capacity * rows * game.Outputs];
        _differences = new double[Capacity * game.Outputs];
    }

    /// <summary>The most neighbours at once.</summary>
    public int Capacity { get; }

    /// <summary>Neighbours of the last call.</summary>
    public int Count { get; private set; }

    /// <summary>Which of the varying players a neighbour keeps, ascending.</summary>
    public int[] Kept(int neighbour) => _kept[neighbour];

    /// <summary>What the model answers to it less what it answers to the instance, one number per output.</summary>
    public ReadOnlySpan<double> Difference(int neighbour) => _differences.AsSpan(neighbour * _game.Outputs, _game.Outputs);

    public void Evaluate(int count, CancellationToken cancellationToken)
    {
        Count = count;
        _batch.Clear();
        for (var neighbour = 0; neighbour < count; neighbour++) Draw(neighbour);
        _game.Evaluate(_batch, _answers, cancellationToken);
        for (var neighbour = 0; neighbour < count; neighbour++) Average(neighbour);
    }

    private void Draw(int neighbour)
    {
        _random.Shuffle(_order);
        _kept[neighbour] = [.. _order.Take(_random.Next(_players.Length)).Order()];
        // All of them need no drawing.
        if (_rows < _backgrounds.Length) _random.Shuffle(_backgrounds);
        for (var row = 0; row < _rows; row++)
        {
            var members = _batch.Add(_backgrounds[row]);
            foreach (var player in _kept[neighbour]) CoalitionBatch.Join(members, _players[player]);
        }
    }

    private void Average(int neighbour)
    {
        for (var output = 0; output < _game.Outputs; output++)
        {
            var sum = 0.0;
            for (var row = 0; row < _rows; row++)
                sum += _answers[(((neighbour * _rows) + row) * _game.Outputs) + output] - _game.Prediction[output];
            _differences[(neighbour * _game.Outputs) + output] = sum / _rows;
        }
    }
}
