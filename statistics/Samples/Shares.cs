namespace Platform.Statistics.Samples;

/// <summary>
/// Two discrete distributions over the same cells, made comparable: a share of zero becomes 0.0001 and the shares
/// are brought back to a sum of one, so that every logarithm below is finite.
/// </summary>
public sealed class Shares(Contingency counts)
{
    private const double Floor = 0.0001;

    public double[] Reference { get; } = Fill(counts.Reference, counts.ReferenceTotal);

    public double[] Current { get; } = Fill(counts.Current, counts.CurrentTotal);

    private static double[] Fill(long[] counts, long total)
    {
        if (total == 0)
            return new double[counts.Length];

        var shares = new double[counts.Length];
        var sum = 0.0;
        for (var cell = 0; cell < counts.Length; cell++)
        {
            shares[cell] = counts[cell] == 0 ? Floor : counts[cell] / (double)total;
            sum += shares[cell];
        }

        for (var cell = 0; cell < shares.Length; cell++)
            shares[cell] /= sum;
        return shares;
    }
}
