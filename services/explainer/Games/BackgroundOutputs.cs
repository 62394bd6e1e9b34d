using System.Numerics.Tensors;

namespace Platform.Explainer.Games;

/// <summary>The model's answers on the background rows, evaluated once for all instances of a request.</summary>
internal sealed class BackgroundOutputs
{
    private readonly double[] _values;

    /// <param name="rows">Background rows, at least 1.</param>
    /// <param name="values">Row-major [rows, outputs].</param>
    public BackgroundOutputs(int rows, double[] values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        Rows = rows;
        Outputs = values.Length / rows;
        _values = values;
        Mean = MeanOverRows();
    }

    public int Rows { get; }

    public int Outputs { get; }

    /// <summary>Mean over the rows, one value per output: what an explanation starts from.</summary>
    public double[] Mean { get; }

    public ReadOnlySpan<double> Of(int row) => _values.AsSpan(row * Outputs, Outputs);

    // As differences from the first row: the mean of equal outputs is that output.
    private double[] MeanOverRows()
    {
        var mean = new double[Outputs];
        var difference = new double[Outputs];
        for (var row = 1; row < Rows; row++)
        {
            TensorPrimitives.Subtract(Of(row), Of(0), difference);
            TensorPrimitives.Add(mean, difference, mean);
        }

        TensorPrimitives.Divide(mean, (double)Rows, mean);
        TensorPrimitives.Add(mean, Of(0), mean);
        return mean;
    }
}
