using Platform.Explainer.Games;

namespace Platform.Explainer.Tests.Games;

/// <summary>A batch model made of plain functions, one per output; counts what it is asked.</summary>
internal sealed class FunctionModel(int features, params Func<double[], double>[] functions) : IBatchModel
{
    public int Features => features;

    public int Outputs => functions.Length;

    public long RowsEvaluated { get; private set; }

    public int LargestBatch { get; private set; }

    public void Evaluate(ReadOnlySpan<double> rows, int count, Span<double> outputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Assert.Equal(count * features, rows.Length);
        Assert.Equal(count * functions.Length, outputs.Length);
        RowsEvaluated += count;
        LargestBatch = Math.Max(LargestBatch, count);
        for (var row = 0; row < count; row++)
        {
            var cells = rows.Slice(row * features, features).ToArray();
            for (var output = 0; output < functions.Length; output++)
                outputs[row * functions.Length + output] = functions[output](cells);
        }
    }
}
