using MathNet.Numerics.LinearAlgebra;

namespace Platform.Explainer.Attribution;

/// <summary>
/// Fits values φ that add up to a total: min Σ_k w_k (y_k − Σ_{i ∈ S_k} φ_i)², Σ_i φ_i = total. The constraint takes the last player out:
/// its value is what the others leave. Sums are kept for each group of sampled pairs, so that any can be left out.
/// </summary>
internal sealed class AdditiveFit
{
    private readonly int _players;
    private readonly double[] _total;
    private readonly Sums _whole;
    private readonly Sums[] _groups;

    /// <param name="players">Players of the game.</param>
    /// <param name="total">What the values add up to, one number per output.</param>
    /// <param name="groups">Groups of sampled pairs; 0 where nothing is sampled.</param>
    public AdditiveFit(int players, double[] total, int groups)
    {
        (_players, _total) = (players, total);
        _whole = new Sums(Free, total.Length);
        _groups = [.. Enumerable.Range(0, groups).Select(_ => new Sums(Free, total.Length))];
    }

    private int Free => Math.Max(0, _players - 1);

    /// <summary>Adds a coalition that is worth <paramref name="value"/> above the empty one, one number per output.</summary>
    public void Add(WeighedCoalition coalition, ReadOnlySpan<double> value)
    {
        var sums = coalition.Group < 0 ? _whole : _groups[coalition.Group];
        var last = coalition.Has(_players - 1) ? 1 : 0;
        var row = new double[Free];
        for (var i = 0; i < row.Length; i++) row[i] = (coalition.Has(i) ? 1 : 0) - last;
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == 0) continue;
            for (var j = 0; j <= i; j++) sums.Products[i, j] += coalition.Weight * row[i] * row[j];
            for (var output = 0; output < value.Length; output++)
                sums.Moments[i, output] += coalition.Weight * row[i] * (value[output] - (last * _total[output]));
        }
    }

    /// <summary>Row-major [players, outputs].</summary>
    public double[] Solve() => SolveWithout(null);

    /// <summary>One standard error of each value by a jackknife over the groups; null with fewer than two groups.</summary>
    public double[]? StandardErrors()
    {
        if (_groups.Length < 2) return null;
        var parts = _groups.Select(SolveWithout).ToList();
        var errors = new double[_players * _total.Length];
        for (var i = 0; i < errors.Length; i++)
        {
            var mean = parts.Average(part => part[i]);
            errors[i] = Math.Sqrt((_groups.Length - 1.0) / _groups.Length * parts.Sum(part => (part[i] - mean) * (part[i] - mean)));
        }

        return errors;
    }

    private double[] SolveWithout(Sums? leftOut)
    {
        var values = new double[_players * _total.Length];
        if (_players == 0) return values;
        if (Free > 0) SolveFree(leftOut, values);
        for (var output = 0; output < _total.Length; output++)
        {
            var rest = _total[output];
            for (var i = 0; i < Free; i++) rest -= values[(i * _total.Length) + output];
            values[(Free * _total.Length) + output] = rest;
        }

        return values;
    }

    private void SolveFree(Sums? leftOut, double[] values)
    {
        // Those that stay stand for the one that is left out.
        var scale = leftOut is null ? 1.0 : _groups.Length / (_groups.Length - 1.0);
        var products = Matrix<double>.Build.Dense(Free, Free);
        var moments = Matrix<double>.Build.Dense(Free, _total.Length);
        foreach (var sums in _groups.Where(group => group != leftOut).Append(_whole))
        {
            var factor = sums == _whole ? 1 : scale;
            for (var i = 0; i < Free; i++)
            {
                for (var j = 0; j <= i; j++) products[i, j] = products[j, i] += factor * sums.Products[i, j];
                for (var output = 0; output < _total.Length; output++) moments[i, output] += factor * sums.Moments[i, output];
            }
        }

        var solved = products.Cholesky().Solve(moments);
        for (var i = 0; i < Free; i++)
        {
            for (var output = 0; output < _total.Length; output++) values[(i * _total.Length) + output] = solved[i, output];
        }
    }

    private sealed class Sums(int free, int outputs)
    {
        public double[,] Products { get; } = new double[free, free];

        public double[,] Moments { get; } = new double[free, outputs];
    }
}
