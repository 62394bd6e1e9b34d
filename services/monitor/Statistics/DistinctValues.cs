namespace Platform.Monitor.Statistics;

/// <summary>Counts of single values, for numerical features that take only a few.</summary>
internal static class DistinctValues
{
    /// <summary>The counts of each distinct value in ascending order, or null where there are more than <paramref name="most"/>.</summary>
    public static Contingency? Tabulate(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int most)
    {
        var inReference = new List<long>(most);
        var inCurrent = new List<long>(most);
        var pooled = new PooledOrder(reference, current);
        while (pooled.MoveNext())
        {
            if (inReference.Count == most)
                return null;

            inReference.Add(pooled.ReferenceTies);
            inCurrent.Add(pooled.CurrentTies);
        }

        return new([.. inReference], [.. inCurrent]);
    }
}
