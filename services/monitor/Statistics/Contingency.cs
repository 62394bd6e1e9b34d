namespace Platform.Monitor.Statistics;

/// <summary>A 2 × k table of counts: the same k cells (categories or bins) counted in both samples.</summary>
internal sealed class Contingency(long[] reference, long[] current)
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

    /// <summary>The counts expected in a cell if both samples came from the pooled distribution.</summary>
    public (double Reference, double Current) Expected(int cell)
    {
        var share = (Reference[cell] + Current[cell]) / (double)(ReferenceTotal + CurrentTotal);
        return (share * ReferenceTotal, share * CurrentTotal);
    }
}
