namespace Platform.Explainer.Anchors;

/// <summary>Bounds of a share by the Kullback–Leibler divergence (Chernoff): each is wrong with probability exp(−rate) at most.</summary>
/// <remarks>Source: Kaufmann &amp; Kalyanakrishnan, Information Complexity in Bandit Subset Selection, 2013.</remarks>
internal static class BernoulliBounds
{
    private const int Halvings = 50;

    public static (double Low, double High) Of(long hits, long samples, double rate)
    {
        if (samples == 0) return (0, 1);
        var share = (double)hits / samples;
        var most = rate / samples;
        return (Find(share, 0, most), Find(share, 1, most));
    }

    /// <summary>The share farthest towards an end that is no less likely than that, to the safe side.</summary>
    private static double Find(double share, double end, double most)
    {
        var (near, far) = (share, end);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (near + far) / 2;
            if (Divergence(share, middle) <= most) near = middle;
            else far = middle;
        }

        return far;
    }

    private static double Divergence(double left, double right) => Term(left, right) + Term(1 - left, 1 - right);

    private static double Term(double left, double right) => left <= 0 ? 0 : right <= 0 ? double.PositiveInfinity : left * Math.Log(left / right);
}
