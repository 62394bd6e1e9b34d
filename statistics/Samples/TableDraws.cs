namespace Platform.Statistics.Samples;

/// <summary>
/// Deals the pooled rows of a 2 × k table anew to its two samples, all ways being equally likely: what a statistic of the table is
/// worth where the samples do not differ, whatever the expected counts. Always the same draws for the same table.
/// </summary>
public sealed class TableDraws
{
    private readonly int[] _cells;
    private readonly long[] _counts;
    private readonly int _drawn;
    private ulong _state = 0x9E3779B97F4A7C15;

    /// <param name="totals">Rows in each cell, of both samples.</param>
    /// <param name="drawn">Rows of the sample that is dealt; of the smaller one, as it takes that many steps.</param>
    public TableDraws(ReadOnlySpan<long> totals, int drawn)
    {
        _drawn = drawn;
        _counts = new long[totals.Length];
        var cells = new List<int>();
        for (var cell = 0; cell < totals.Length; cell++)
        {
            for (var row = 0L; row < totals[cell]; row++)
                cells.Add(cell);
        }

        _cells = [.. cells];
    }

    /// <summary>The next sample's counts, cell by cell; valid until the next draw.</summary>
    public ReadOnlySpan<long> Next()
    {
        Array.Clear(_counts);
        for (var row = 0; row < _drawn; row++)
        {
            var other = row + Below(_cells.Length - row);
            (_cells[row], _cells[other]) = (_cells[other], _cells[row]);
            _counts[_cells[row]]++;
        }

        return _counts;
    }

    // SplitMix64 (Steele, Lea and Flood 2014), its upper half scaled to the range.
    private int Below(int bound)
    {
        _state += 0x9E3779B97F4A7C15;
        var bits = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        bits ^= bits >> 31;
        return (int)(((bits >> 32) * (ulong)bound) >> 32);
    }
}
