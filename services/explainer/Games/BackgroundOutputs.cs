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

    private double[] MeanOverRows()
    {
        var mean = new double[Outputs];
        for (var row = 0; row < Rows; row++)
            TensorPrimitives.Add(mean, Of(row), mean);
        TensorPrimitives.Divide(mean, (double)Rows, mean);
        return mean;
    }
}
