using Platform.Statistics.Distributions;

namespace Platform.Statistics.Samples;

/// <summary>
/// Whether values that follow each other rise or fall (Mann 1945, Kendall 1975): of all pairs, those that rise less those that fall, by the
/// normal approximation with the correction for continuity and for ties, two-sided. Its tau is Kendall's tau-b with the order in time.
/// </summary>
/// <param name="Tau">-1 where every pair falls, to 1 where every pair rises; NaN of constant values.</param>
/// <param name="PValue">NaN of fewer values than <see cref="FewestValues"/>.</param>
public readonly record struct MannKendall(double Tau, double PValue)
{
    /// <summary>The approximation is for eight values and more.</summary>
    public const int FewestValues = 8;

    /// <param name="values">Finite, the oldest first.</param>
    public static MannKendall Of(ReadOnlySpan<double> values)
    {
        var rising = 0L;
        for (var later = 1; later < values.Length; later++)
        {
            foreach (var earlier in values[..later])
                rising += values[later].CompareTo(earlier);
        }

        var (pairs, n) = (values.Length * (values.Length - 1L) / 2, (double)values.Length);
        var ties = Ties(values);
        var tau = rising / Math.Sqrt((pairs - ties.Sum(tie => tie * (tie - 1) / 2)) * pairs);
        var variance = (n * (n - 1) * (2 * n + 5) - ties.Sum(tie => tie * (tie - 1) * (2 * tie + 5))) / 18;
        var z = Math.Max(0, Math.Abs(rising) - 1) / Math.Sqrt(variance);
        return new(tau, values.Length < FewestValues ? double.NaN : variance == 0 ? 1 : Tail.Normal(z));
    }

    private static double[] Ties(ReadOnlySpan<double> values) =>
        [.. values.ToArray().GroupBy(value => value).Select(same => (double)same.Count()).Where(count => count > 1)];
}
