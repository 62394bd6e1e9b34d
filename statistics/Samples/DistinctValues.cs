namespace Platform.Statistics.Samples;

/// <summary>The single values of a numerical feature that takes only a few, and how often each sample shows them.</summary>
/// <param name="Values">Ascending.</param>
/// <param name="Counts">One cell for each of them.</param>
public sealed record DistinctValues(double[] Values, Contingency Counts)
{
    /// <summary>The values of both samples together, or null where there are more than <paramref name="most"/>.</summary>
    public static DistinctValues? Of(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int most)
    {
        var values = new List<double>(most);
        var inReference = new List<long>(most);
        var inCurrent = new List<long>(most);
        var pooled = new PooledOrder(reference, current);
        while (pooled.MoveNext())
        {
            if (values.Count == most)
                return null;

            values.Add(pooled.Value);
            inReference.Add(pooled.ReferenceTies);
            inCurrent.Add(pooled.CurrentTies);
        }

        return new([.. values], new([.. inReference], [.. inCurrent]));
    }
}
