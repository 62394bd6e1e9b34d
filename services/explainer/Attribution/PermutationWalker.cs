using System.Buffers;
using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>
/// Walks orders of features from a background row to the instance and hands each walk's marginal contributions on. Walks are
/// collected and evaluated together, so that a short walk still fills a batch of the model.
/// </summary>
internal sealed class PermutationWalker(CoalitionGame game, MarginalMoments marginals, CancellationToken cancellationToken)
{
    private const int BatchCapacity = 2048;

    private readonly CoalitionBatch _batch = new(game.Players, Math.Max(BatchCapacity, 2 * game.Players));
    private readonly List<Walked> _walks = [];
    private readonly double[] _sample = new double[game.Players * game.Outputs];

    /// <summary>Walks the order forwards and, if <paramref name="antithetic"/>, backwards; the mean of the two is one sample.</summary>
    public void Walk(int background, ReadOnlySpan<int> order, bool antithetic)
    {
        var directions = antithetic ? 2 : 1;
        if (_walks.Count == BatchCapacity || !_batch.HasRoomFor(directions * order.Length))
            Flush();

        var walk = new Walked(background, order.ToArray(), antithetic);
        _walks.Add(walk);
        AddSteps(background, walk.Order);
        if (!antithetic)
            return;
        var backwards = order.ToArray();
        backwards.AsSpan().Reverse();
        AddSteps(background, backwards);
    }

    /// <summary>Evaluates what has been collected.</summary>
    public void Flush()
    {
        var values = ArrayPool<double>.Shared.Rent(Math.Max(1, _batch.Count * game.Outputs));
        try
        {
            if (_batch.Count > 0)
                game.Evaluate(_batch, values, cancellationToken);
            Collect(values);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(values);
        }

        _batch.Clear();
        _walks.Clear();
    }

    private void AddSteps(int background, ReadOnlySpan<int> order)
    {
        Span<ulong> members = new ulong[Math.Max(1, (game.Players + 63) / 64)];
        for (var step = 0; step < order.Length - 1; step++)
        {
            CoalitionBatch.Join(members, order[step]);
            _batch.Add(background, members);
        }
    }

    private void Collect(ReadOnlySpan<double> values)
    {
        foreach (var (background, order, antithetic) in _walks)
        {
            Array.Clear(_sample);
            var steps = Math.Max(0, order.Length - 1) * game.Outputs;
            AddMarginals(background, order, values[..steps], antithetic ? 0.5 : 1);
            values = values[steps..];
            if (antithetic)
            {
                Array.Reverse(order);
                AddMarginals(background, order, values[..steps], 0.5);
                values = values[steps..];
            }

            marginals.Add(_sample);
        }
    }

    /// <summary>Adds weight · (v after − v before) for each feature as it joins; both ends of the walk are known.</summary>
    private void AddMarginals(int background, ReadOnlySpan<int> order, ReadOnlySpan<double> steps, double weight)
    {
        var before = game.BackgroundOutput(background);
        for (var joined = 0; joined < order.Length; joined++)
        {
            var after = joined == order.Length - 1 ? game.Prediction : steps.Slice(joined * game.Outputs, game.Outputs);
            var share = _sample.AsSpan(order[joined] * game.Outputs, game.Outputs);
            for (var output = 0; output < share.Length; output++)
                share[output] += weight * (after[output] - before[output]);
            before = after;
        }
    }

    private readonly record struct Walked(int Background, int[] Order, bool Antithetic);
}
