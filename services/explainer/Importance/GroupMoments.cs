namespace Platform.Explainer.Importance;

/// <summary>Means over rows, with their standard errors, for each feature and group (Welford 1962).</summary>
internal sealed class GroupMoments(int features, int groups)
{
    private readonly int[] _counts = new int[features * groups];
    private readonly double[] _means = new double[features * groups];
    private readonly double[] _squares = new double[features * groups];

    /// <summary>Adds what one row says of a feature in a group.</summary>
    public void Add(int feature, int group, double value)
    {
        var at = (feature * groups) + group;
        var before = value - _means[at];
        _means[at] += before / ++_counts[at];
        _squares[at] += before * (value - _means[at]);
    }

    /// <summary>Row-major [features, groups]; NaN where no row was added.</summary>
    public double[] Means() => [.. _means.Select((mean, at) => _counts[at] == 0 ? double.NaN : mean)];

    /// <summary>The same shape: s / √n; NaN below two rows.</summary>
    public double[] StandardErrors() => [.. _squares.Select((squares, at) =>
        _counts[at] < 2 ? double.NaN : Math.Sqrt(squares / (_counts[at] - 1) / _counts[at]))];
}
