using Platform.Statistics.Samples;

namespace Platform.Monitor.Outliers;

/// <summary>The mean and the standard deviation of each column of the training rows; a constant column is left in its own unit.</summary>
internal sealed class ColumnScale
{
    private readonly double[] _mean;
    private readonly double[] _deviation;

    public ColumnScale(double[][] train)
    {
        var columns = Enumerable.Range(0, train[0].Length)
            .Select(column => new NumericalSample(Array.ConvertAll(train, row => row[column]))).ToArray();
        _mean = Array.ConvertAll(columns, column => column.Mean);
        _deviation = Array.ConvertAll(columns, column => column.SampleVariance > 0 ? Math.Sqrt(column.SampleVariance) : 1);
    }

    public double[] Apply(double[] row) => [.. row.Select((value, column) => (value - _mean[column]) / _deviation[column])];
}
