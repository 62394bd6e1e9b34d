using MathNet.Numerics.LinearAlgebra;

namespace Platform.Explainer.Attribution;

/// <summary>
/// A weighted ridge regression of several numbers on features that are there or not, with an intercept that is not penalised. The penalty is a
/// millionth of the features' mean weighted variance: it decides only between features that no row tells apart.
/// Source: Hoerl &amp; Kennard, Ridge regression, 1970.
/// </summary>
internal sealed class RidgeFit(int features, int outputs)
{
    private const double RelativePenalty = 1e-6;

    // Answers that vary less than this, beside their size, do not vary.
    private const double Rounding = 1e-12;

    private readonly double[,] _products = new double[features, features];
    private readonly double[,] _moments = new double[features, outputs];
    private readonly double[] _presence = new double[features];
    private readonly double[] _sums = new double[outputs];
    private readonly double[] _squares = new double[outputs];
    private double _weight;

    /// <summary>Adds a row: the features that are there, ascending, its weight, and its numbers.</summary>
    public void Add(int[] present, double weight, ReadOnlySpan<double> numbers)
    {
        _weight += weight;
        for (var output = 0; output < outputs; output++)
        {
            _sums[output] += weight * numbers[output];
            _squares[output] += weight * numbers[output] * numbers[output];
        }

        for (var i = 0; i < present.Length; i++)
        {
            var feature = present[i];
            _presence[feature] += weight;
            for (var j = 0; j <= i; j++) _products[feature, present[j]] += weight;
            for (var output = 0; output < outputs; output++) _moments[feature, output] += weight * numbers[output];
        }
    }

    /// <summary>What each feature adds by being there; row-major [features, outputs].</summary>
    public double[] Solve()
    {
        var values = new double[features * outputs];
        if (features == 0) return values;
        var penalty = RelativePenalty * Enumerable.Range(0, features).Average(feature => Product(feature, feature));
        var products = Matrix<double>.Build.Dense(features, features, (i, j) => Product(i, j) + (i == j ? penalty : 0));
        var solved = products.Cholesky().Solve(Matrix<double>.Build.Dense(features, outputs, Moment));
        for (var at = 0; at < values.Length; at++) values[at] = solved[at / outputs, at % outputs];
        return values;
    }

    /// <summary>The share of the weighted variance that the solution explains, one for each output; 1 where there is none.</summary>
    public double[] RSquared(double[] values) => [.. Enumerable.Range(0, outputs).Select(output => RSquared(values, output))];

    private double RSquared(double[] values, int output)
    {
        var total = _squares[output] - (_sums[output] * _sums[output] / _weight);
        if (total <= Rounding * _squares[output]) return 1;
        var left = total;
        for (var i = 0; i < features; i++)
        {
            var (value, along) = (values[(i * outputs) + output], 0.0);
            for (var j = 0; j < features; j++) along += Product(i, j) * values[(j * outputs) + output];
            left += value * (along - (2 * Moment(i, output)));
        }

        return Math.Min(1, 1 - (left / total));
    }

    // About the means, so that the intercept is out of it.
    private double Product(int i, int j) => (i >= j ? _products[i, j] : _products[j, i]) - (_presence[i] * _presence[j] / _weight);

    private double Moment(int i, int output) => _moments[i, output] - (_presence[i] * _sums[output] / _weight);
}
