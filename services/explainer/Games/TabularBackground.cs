namespace Platform.Explainer.Games;

/// <summary>Background rows of a tabular model together with the model's answers on them.</summary>
internal sealed class TabularBackground
{
    private readonly double[] _rows;
    private readonly int _features;

    private TabularBackground(double[] rows, int features, BackgroundOutputs outputs)
    {
        (_rows, _features, Outputs) = (rows, features, outputs);
    }

    public BackgroundOutputs Outputs { get; }

    public ReadOnlySpan<double> Row(int index) => _rows.AsSpan(index * _features, _features);

    /// <summary>Evaluates the background once, so that every instance explained against it shares the answers.</summary>
    /// <param name="model">The model under explanation.</param>
    /// <param name="rows">Row-major [rows, model.Features], at least one row.</param>
    /// <param name="cancellationToken">Checked between runs of the model.</param>
    public static TabularBackground Evaluate(IBatchModel model, double[] rows, CancellationToken cancellationToken)
    {
        var count = rows.Length / model.Features;
        var outputs = new double[count * model.Outputs];
        var chunk = TabularGame.RowsPerChunk(model.Features);
        for (var start = 0; start < count; start += chunk)
        {
            var take = Math.Min(chunk, count - start);
            model.Evaluate(
                rows.AsSpan(start * model.Features, take * model.Features), take,
                outputs.AsSpan(start * model.Outputs, take * model.Outputs), cancellationToken);
        }

        return new TabularBackground(rows, model.Features, new BackgroundOutputs(count, outputs));
    }
}
