using MathNet.Numerics.LinearAlgebra;

namespace Platform.Monitor.Outliers;

/// <summary>
/// Mahalanobis' distance from the mean of the training rows, in their own standard deviations and correlations. The correlations are shrunk
/// towards none as far as their sampling error asks (Ledoit and Wolf 2004), so that few rows of many columns do. Takes columns in their standard
/// deviations first: their units play no part.
/// </summary>
internal sealed class Mahalanobis : IOutlierMethod
{
    public const string Name = "mahalanobis";

    // Columns that follow from one another leave directions without any spread.
    private const double LeastShrinkage = 1e-6;

    public string Id => Name;

    public int MostTrainRows => 200_000;

    public int MostTestRows => 200_000;

    public OutlierFindings Find(double[][] train, double[][] test, OutlierParameters parameters)
    {
        var scale = new ColumnScale(train);
        var rows = Matrix<double>.Build.DenseOfRowArrays(train.Select(scale.Apply));
        var factor = Shrunk(rows).Cholesky();
        return OutlierFindings.Above(Array.ConvertAll(train, Distance), Array.ConvertAll(test, Distance), parameters);

        double Distance(double[] row)
        {
            var scaled = Vector<double>.Build.Dense(scale.Apply(row));
            return Math.Sqrt(Math.Max(scaled * factor.Solve(scaled), 0));
        }
    }

    /// <summary>The covariance of centred rows, between itself and a multiple of the identity.</summary>
    internal static Matrix<double> Shrunk(Matrix<double> rows)
    {
        var (n, p) = ((double)rows.RowCount, (double)rows.ColumnCount);
        var covariance = rows.TransposeThisAndMultiply(rows) / n;
        var mean = covariance.Trace() / p;
        if (mean == 0)
            return Matrix<double>.Build.DenseIdentity(rows.ColumnCount); // rows that are all equal know no spread

        var size = covariance.Enumerate().Sum(value => value * value);
        var fourth = rows.EnumerateRows().Sum(row => Math.Pow(row * row, 2)) / n;
        var error = Math.Max(fourth - size, 0) / n;
        var spread = size - p * mean * mean;
        var shrinkage = Math.Max(spread <= error ? 1 : error / spread, LeastShrinkage);
        return covariance * (1 - shrinkage) + Matrix<double>.Build.DenseIdentity(rows.ColumnCount) * (shrinkage * mean);
    }
}
