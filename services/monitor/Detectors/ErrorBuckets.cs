using Platform.Statistics.Performance;

namespace Platform.Monitor.Detectors;

/// <summary>
/// How many errors are among the latest outcomes, in an exponential histogram (Datar and others 2002): up to five buckets of one outcome, of two,
/// of four and so on, the newer the finer. Of a million outcomes, beyond which it does not grow, there are about a hundred.
/// </summary>
internal sealed class ErrorBuckets
{
    private const int MostOfOneSize = 5;
    private const int Levels = 18;

    // By size, the smallest first; of one size the oldest first.
    private readonly List<List<int>> _levels = [[]];

    /// <summary>Outcomes in all buckets.</summary>
    public long Count { get; private set; }

    /// <summary>Errors among them.</summary>
    public long Errors { get; private set; }

    public void Add(int errors)
    {
        Count++;
        Errors += errors;
        _levels[0].Add(errors);
        for (var level = 0; level < _levels.Count && _levels[level].Count > MostOfOneSize; level++)
            Merge(level);
    }

    /// <summary>Each bucket's outcomes and errors.</summary>
    public IEnumerable<(long Count, int Errors)> OldestFirst()
    {
        for (var level = _levels.Count - 1; level >= 0; level--)
        {
            foreach (var errors in _levels[level])
                yield return (1L << level, errors);
        }
    }

    /// <summary>Forgets the oldest bucket; there must be one.</summary>
    public void DropOldest()
    {
        var level = _levels.Count - 1;
        Count -= 1L << level;
        Errors -= _levels[level][0];
        _levels[level].RemoveAt(0);
        while (_levels.Count > 1 && _levels[^1].Count == 0)
            _levels.RemoveAt(_levels.Count - 1);
    }

    /// <summary>For each size how many buckets there are, and their errors.</summary>
    public IEnumerable<double> Save() => _levels.SelectMany(level => level.Select(errors => (double)errors).Prepend(level.Count));

    public void Restore(IReadOnlyList<double> saved)
    {
        _levels.Clear();
        for (var at = 0; at < saved.Count; at += 1 + (int)saved[at])
            _levels.Add([.. saved.Skip(at + 1).Take((int)saved[at]).Select(errors => (int)errors)]);
        Count = OldestFirst().Sum(bucket => bucket.Count);
        Errors = OldestFirst().Sum(bucket => (long)bucket.Errors);
    }

    // The two oldest become one of twice the size; of the largest size the oldest is forgotten.
    private void Merge(int level)
    {
        if (level == Levels - 1)
        {
            DropOldest();
            return;
        }

        if (_levels.Count == level + 1)
            _levels.Add([]);
        _levels[level + 1].Add(_levels[level][0] + _levels[level][1]);
        _levels[level].RemoveRange(0, 2);
    }
}
