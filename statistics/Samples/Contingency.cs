namespace Platform.Statistics.Samples;

/// <summary>A 2 × k table of counts: the same k cells (categories or bins) counted in both samples.</summary>
public sealed class Contingency(long[] reference, long[] current)
{
    public long[] Reference { get; } = reference;

    public long[] Current { get; } = current;

    public long ReferenceTotal { get; } = reference.Sum();

    public long CurrentTotal { get; } = current.Sum();

    /// <summary>Whether both samples hold at least one value.</summary>
    public bool IsComparable => ReferenceTotal > 0 && CurrentTotal > 0;

    /// <summary>How many cells hold a value in either sample.</summary>
    public int OccupiedCells
    {
        get
        {
            var occupied = 0;
            for (var cell = 0; cell < Reference.Length; cell++)
            {
                if (Reference[cell] + Current[cell] > 0)
                    occupied++;
            }

            return occupied;
        }
    }

    /// <summary>Rows of both samples in each cell.</summary>
    public long[] Totals { get; } = [.. reference.Zip(current, (inReference, inCurrent) => inReference + inCurrent)];

    /// <summary>
    /// The smallest count that an occupied cell of either sample would have if both came from the pooled distribution; infinite
    /// without rows.
    /// </summary>
    public double SmallestExpected => Totals.Where(total => total > 0).Select(total => (double)total).DefaultIfEmpty(double.PositiveInfinity).Min()
        * Math.Min(ReferenceTotal, CurrentTotal) / (ReferenceTotal + CurrentTotal);

    /// <summary>1/n + 1/m.</summary>
    public double Inverses => 1.0 / ReferenceTotal + 1.0 / CurrentTotal;

    /// <summary>The mean of Σ (r − c)²/p over the cells' shares where both samples come from p.</summary>
    public double SquaredGapByChance => (OccupiedCells - 1) * Inverses;

    /// <summary>The same table, less the cells that no sample shows.</summary>
    public Contingency WithoutEmptyCells() => OccupiedCells == Totals.Length
        ? this
        : new([.. Reference.Where((_, cell) => Totals[cell] > 0)], [.. Current.Where((_, cell) => Totals[cell] > 0)]);

    /// <summary>
    /// The same rows in fewer cells: the rarest are put together, those of equal count in their order, until a cell expects so
    /// many rows in the smaller sample; a rest joins the last.
    /// </summary>
    public Contingency Merged(double leastExpected)
    {
        var least = leastExpected * (ReferenceTotal + CurrentTotal) / Math.Min(ReferenceTotal, CurrentTotal);
        var (inReference, inCurrent, rows) = (new List<long>(), new List<long>(), double.PositiveInfinity);
        foreach (var cell in Enumerable.Range(0, Totals.Length).OrderBy(cell => Totals[cell]).ThenBy(cell => cell))
        {
            if (rows >= least)
            {
                inReference.Add(0);
                inCurrent.Add(0);
                rows = 0;
            }

            inReference[^1] += Reference[cell];
            inCurrent[^1] += Current[cell];
            rows += Totals[cell];
        }

        if (rows < least && inReference.Count > 1)
        {
            inReference[^2] += inReference[^1];
            inCurrent[^2] += inCurrent[^1];
            inReference.RemoveAt(inReference.Count - 1);
            inCurrent.RemoveAt(inCurrent.Count - 1);
        }

        return new([.. inReference], [.. inCurrent]);
    }
}
