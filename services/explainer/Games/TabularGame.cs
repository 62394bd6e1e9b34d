using System.Buffers;
using System.Numerics;

namespace Platform.Explainer.Games;

/// <summary>The game of a tabular instance: player i is feature i, and an absent feature takes the background row's value.</summary>
internal sealed class TabularGame : CoalitionGame
{
    private const int CellsPerChunk = 1 << 18;
    private const int MaximumRowsPerChunk = 1024;

    private readonly IBatchModel _model;
    private readonly double[] _instance;
    private readonly TabularBackground _background;

    /// <param name="model">The model under explanation.</param>
    /// <param name="instance">The row to explain, model.Features cells.</param>
    /// <param name="prediction">The model's answer to the instance, model.Outputs values.</param>
    /// <param name="background">The background, evaluated on the same model.</param>
    public TabularGame(IBatchModel model, double[] instance, double[] prediction, TabularBackground background)
        : base(model.Features, prediction, background.Outputs)
    {
        (_model, _instance, _background) = (model, instance, background);
        CountVarying();
    }

    /// <summary>Rows given to the model at once: at most 1,024, and at most 2 MiB of cells.</summary>
    public static int RowsPerChunk(int features) => Math.Clamp(CellsPerChunk / Math.Max(1, features), 1, MaximumRowsPerChunk);

    public override TreeView? Trees => Structure?.Trees is { } trees ? new TreeView(trees, Structure.Columns, _instance, _background) : null;

    public override bool IsLinear => Structure?.IsLinear == true;

    /// <summary>What the model's graph says of the outputs that are explained; null where that was not looked at.</summary>
    public OutputStructure? Structure { get; init; }

    public override int Varying(int row, Span<int> varying)
    {
        var background = _background.Row(row);
        var count = 0;
        for (var feature = 0; feature < _instance.Length; feature++)
        {
            if (!SameBits(_instance[feature], background[feature]))
                varying[count++] = feature;
        }

        return count;
    }

    protected override void Run(CoalitionBatch batch, Span<double> values, CancellationToken cancellationToken)
    {
        var chunk = Math.Min(RowsPerChunk(Players), batch.Count);
        var buffer = ArrayPool<double>.Shared.Rent(chunk * Players);
        try
        {
            for (var start = 0; start < batch.Count; start += chunk)
            {
                var take = Math.Min(chunk, batch.Count - start);
                var rows = buffer.AsSpan(0, take * Players);
                for (var row = 0; row < take; row++)
                    Mix(batch, start + row, rows.Slice(row * Players, Players));
                _model.Evaluate(rows, take, values.Slice(start * Outputs, take * Outputs), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(buffer);
        }
    }

    /// <summary>Bits rather than ==, so that NaN (missing) equals NaN, and 0 and −0, which a model can tell apart, differ.</summary>
    private static bool SameBits(double left, double right) =>
        BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right);

    private void Mix(CoalitionBatch batch, int index, Span<double> row)
    {
        _background.Row(batch.Background(index)).CopyTo(row);
        var members = batch.Members(index);
        for (var word = 0; word < members.Length; word++)
        {
            for (var bits = members[word]; bits != 0; bits &= bits - 1)
            {
                var feature = (word << 6) + BitOperations.TrailingZeroCount(bits);
                row[feature] = _instance[feature];
            }
        }
    }
}
