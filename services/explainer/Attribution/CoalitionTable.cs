using System.Numerics;
using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>
/// The worth of every coalition against one background row: 2^D values per output for the D features that differ from it. Bit j
/// of a coalition's index says whether the j-th of those features is present. Reused from row to row.
/// </summary>
internal sealed class CoalitionTable(CoalitionGame game)
{
    private const int BatchCapacity = 4096;

    private readonly int[] _varying = new int[game.Players];
    private readonly CoalitionBatch _batch = new(game.Players, BatchCapacity);
    private double[] _answers = [];
    private double[] _values = [];
    private int _players;

    /// <summary>The features that differ from the background row, ascending.</summary>
    public ReadOnlySpan<int> Varying => _varying.AsSpan(0, _players);

    /// <summary>Number of coalitions, 2^D.</summary>
    public int Size => 1 << _players;

    /// <summary>The worth of every coalition in one output, in the order of the coalitions' indices.</summary>
    public ReadOnlySpan<double> Values(int output) => _values.AsSpan(output * Size, Size);

    /// <summary>Evaluates every coalition but the two ends, which are known.</summary>
    public void Fill(int background, CancellationToken cancellationToken)
    {
        _players = game.Varying(background, _varying);
        Reserve();
        Store(0, game.BackgroundOutput(background));
        Store(Size - 1, game.Prediction);
        for (var first = 1; first < Size - 1; first += BatchCapacity)
            Evaluate(background, first, Math.Min(BatchCapacity, Size - 1 - first), cancellationToken);
    }

    private void Reserve()
    {
        if (_values.Length < Size * game.Outputs)
            _values = new double[Size * game.Outputs];
        var answers = Math.Min(Size, BatchCapacity) * game.Outputs;
        if (_answers.Length < answers)
            _answers = new double[answers];
    }

    private void Evaluate(int background, int first, int count, CancellationToken cancellationToken)
    {
        _batch.Clear();
        for (var coalition = first; coalition < first + count; coalition++)
            AddMembers(background, (uint)coalition);

        game.Evaluate(_batch, _answers, cancellationToken);
        for (var i = 0; i < count; i++)
            Store(first + i, _answers.AsSpan(i * game.Outputs, game.Outputs));
    }

    private void AddMembers(int background, uint coalition)
    {
        var members = _batch.Add(background);
        for (var bits = coalition; bits != 0; bits &= bits - 1)
            CoalitionBatch.Join(members, _varying[BitOperations.TrailingZeroCount(bits)]);
    }

    private void Store(int coalition, ReadOnlySpan<double> outputs)
    {
        for (var output = 0; output < outputs.Length; output++)
            _values[output * Size + coalition] = outputs[output];
    }
}
