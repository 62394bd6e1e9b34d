namespace Platform.Monitor.Detectors;

/// <summary>
/// Adaptive windowing (Bifet and Gavaldà 2007, ADWIN2): keeps the latest outcomes and drops the oldest while two parts of them, an older and a
/// newer one, have rates that differ by more than chance, whichever parts. It adapts to slow changes and to those that come late in a stream.
/// </summary>
internal sealed class Adwin : IErrorDetector
{
    public const string Name = "adwin";

    // The confidence of the paper's experiments.
    private const double Delta = 0.002;

    // Looking after every outcome finds nothing that looking after every 32nd does not find a moment later.
    private const int Interval = 32;
    private const int FewestOfEither = 5;

    private readonly ErrorBuckets _buckets = new();
    private double _count;

    public string Id => Name;

    public bool Add(bool wrong)
    {
        _count++;
        _buckets.Add(wrong ? 1 : 0);
        var worse = false;
        while (_count % Interval == 0 && Differs() is { } rises)
        {
            worse |= rises;
            _buckets.DropOldest();
        }

        return worse;
    }

    public double[] Save() => [_count, .. _buckets.Save()];

    public void Restore(IReadOnlyList<double> saved)
    {
        _count = saved[0];
        _buckets.Restore([.. saved.Skip(1)]);
    }

    /// <summary>Whether errors are more frequent in the newer part, for parts that differ; null where none do.</summary>
    private bool? Differs()
    {
        var (all, errors) = ((double)_buckets.Count, (double)_buckets.Errors);
        var confidence = Math.Log(2 * Math.Log(all) / Delta);
        var variance = errors / all * (1 - errors / all);
        var (older, wrong) = (0.0, 0.0);
        foreach (var (count, errorsOf) in _buckets.OldestFirst())
        {
            (older, wrong) = (older + count, wrong + errorsOf);
            var newer = all - older;
            if (newer < FewestOfEither)
                return null;
            if (older < FewestOfEither)
                continue;

            var share = 1 / older + 1 / newer;
            var rise = (errors - wrong) / newer - wrong / older;
            if (Math.Abs(rise) > Math.Sqrt(2 * share * variance * confidence) + 2.0 / 3 * share * confidence)
                return rise > 0;
        }

        return null;
    }
}
