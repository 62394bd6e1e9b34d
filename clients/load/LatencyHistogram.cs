using System.Diagnostics;
using System.Numerics;

namespace Platform.Load;

/// <summary>
/// Latencies in buckets of at most 1.6 % relative width (64 linear steps per power of two of nanoseconds, as in HdrHistogram),
/// so that recording costs nanoseconds and any quantile can be asked for.
/// </summary>
public sealed class LatencyHistogram
{
    private const int StepBits = 6;
    private readonly long[] _buckets = new long[64 << StepBits];

    /// <summary>How many were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Records a duration in <see cref="Stopwatch"/> ticks.</summary>
    public void Record(long ticks)
    {
        var nanoseconds = (ulong)Math.Max(1, ticks * 1_000_000_000.0 / Stopwatch.Frequency);
        _buckets[Bucket(nanoseconds)]++;
        Count++;
    }

    /// <summary>Adds those of another.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _buckets.Length; i++) _buckets[i] += other._buckets[i];
        Count += other.Count;
    }

    /// <summary>Forgets all of them.</summary>
    public void Clear()
    {
        Array.Clear(_buckets);
        Count = 0;
    }

    /// <summary>The <paramref name="quantile"/> (0 to 1) in microseconds; NaN when nothing was recorded.</summary>
    public double Microseconds(double quantile)
    {
        if (Count == 0) return double.NaN;
        var (rank, seen) = ((long)Math.Ceiling(quantile * Count), 0L);
        for (var i = 0; i < _buckets.Length; i++)
            if ((seen += _buckets[i]) >= Math.Max(1, rank)) return Value(i) / 1000;
        return double.NaN;
    }

    private static int Bucket(ulong nanoseconds)
    {
        var exponent = BitOperations.Log2(nanoseconds);
        if (exponent < StepBits) return (int)nanoseconds;
        var step = (int)(nanoseconds >> (exponent - StepBits)) & ((1 << StepBits) - 1);
        return (exponent << StepBits) + step;
    }

    private static double Value(int bucket)
    {
        var (exponent, step) = (bucket >> StepBits, bucket & ((1 << StepBits) - 1));
        return exponent < StepBits ? bucket : Math.ScaleB((1 << StepBits) + step + 0.5, exponent - StepBits);
    }
}
