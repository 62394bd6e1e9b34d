namespace Platform.Statistics.Samples;

/// <summary>
/// The non-decreasing function nearest to points by least squares, found by pooling adjacent violators (Barlow and others 1972): constant on
/// each pool, a straight line between two pools and constant beyond the ends, as scikit-learn's.
/// </summary>
public sealed class IsotonicRegression
{
    private readonly double[] _at;
    private readonly double[] _value;

    private IsotonicRegression(List<Pool> pools)
    {
        var knots = pools.SelectMany(pool => pool.Knots()).ToArray();
        _at = Array.ConvertAll(knots, knot => knot.At);
        _value = Array.ConvertAll(knots, knot => knot.Value);
    }

    /// <summary>Fits the points, at least one, all finite.</summary>
    /// <param name="x">Where they are; values that occur more than once count with their mean.</param>
    /// <param name="y">As many.</param>
    public static IsotonicRegression Fit(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var pools = new List<Pool>();
        foreach (var tied in Enumerable.Range(0, x.Count).GroupBy(row => x[row]).OrderBy(group => group.Key))
        {
            var pool = new Pool(tied.Key, tied.Key, tied.Sum(row => y[row]), tied.Count());
            while (pools.Count > 0 && pools[^1].Mean >= pool.Mean)
            {
                pool = pools[^1].With(pool);
                pools.RemoveAt(pools.Count - 1);
            }

            pools.Add(pool);
        }

        return new(pools);
    }

    /// <summary>The function's value at <paramref name="x"/>.</summary>
    public double At(double x)
    {
        var found = Array.BinarySearch(_at, x);
        if (found >= 0)
            return _value[found];

        var next = ~found;
        if (next == 0 || next == _at.Length)
            return _value[Math.Clamp(next, 0, _at.Length - 1)];
        var share = (x - _at[next - 1]) / (_at[next] - _at[next - 1]);
        return _value[next - 1] + share * (_value[next] - _value[next - 1]);
    }

    private readonly record struct Pool(double First, double Last, double Sum, int Count)
    {
        public double Mean => Sum / Count;

        public IEnumerable<(double At, double Value)> Knots() => First < Last ? [(First, Mean), (Last, Mean)] : [(First, Mean)];

        public Pool With(Pool next) => new(First, next.Last, Sum + next.Sum, Count + next.Count);
    }
}
