using System.Numerics.Tensors;

namespace Platform.Explainer.Attribution;

/// <summary>
/// Mean of the sampled marginal contributions and the variance of that mean, in one pass and in constant memory (Welford 1962).
/// With several samples per background row the rows are strata: the variance counts only the spread within a row.
/// </summary>
/// <param name="size">Numbers per sample: features × outputs.</param>
/// <param name="rows">Background rows sampled.</param>
/// <param name="samplesPerRow">Consecutive samples that belong to one row; below 2, all samples are taken as one stratum.</param>
internal sealed class MarginalMoments(int size, int rows, int samplesPerRow)
{
    private readonly bool _stratified = samplesPerRow > 1;
    private readonly double[] _mean = new double[size];
    private readonly double[] _squares = new double[size];
    private readonly double[] _delta = new double[size];
    private readonly double[] _totalMean = new double[size];
    private readonly double[] _totalVariance = new double[size];
    private int _count;

    /// <summary>Adds one sample; the caller's buffer is left as it was.</summary>
    public void Add(ReadOnlySpan<double> sample)
    {
        _count++;
        TensorPrimitives.Subtract(sample, _mean, _delta);
        TensorPrimitives.MultiplyAdd(_delta, 1.0 / _count, _mean, _mean);
        for (var i = 0; i < _delta.Length; i++)
            _squares[i] += _delta[i] * (sample[i] - _mean[i]);
        if (_stratified && _count == samplesPerRow)
            CloseRow();
    }

    public double[] Mean() => (_stratified ? _totalMean : _mean).ToArray();

    /// <summary>Variance of <see cref="Mean"/>; null with a single sample, which tells nothing about its error.</summary>
    public double[]? VarianceOfMean()
    {
        if (_stratified)
            return _totalVariance.ToArray();
        if (_count < 2)
            return null;
        var variance = new double[size];
        TensorPrimitives.Multiply(_squares, 1.0 / (_count - 1.0) / _count, variance);
        return variance;
    }

    private void CloseRow()
    {
        var scale = 1.0 / (samplesPerRow - 1.0) / samplesPerRow / rows / rows;
        TensorPrimitives.MultiplyAdd(_mean, 1.0 / rows, _totalMean, _totalMean);
        TensorPrimitives.MultiplyAdd(_squares, scale, _totalVariance, _totalVariance);
        Array.Clear(_mean);
        Array.Clear(_squares);
        _count = 0;
    }
}
