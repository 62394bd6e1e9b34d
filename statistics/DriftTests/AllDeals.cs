using MathNet.Numerics;
using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>
/// The exact p-value of a rank statistic: the share of all ways to deal the pooled values to the two samples that are as extreme. Of
/// each distinct value only counts how many go where, so that few distinct values are few ways, however many rows there are.
/// </summary>
public static class AllDeals
{
    private const int MostDeals = 20_000;
    private const int MostDistinct = 200;
    private const long MostSteps = 2_000_000;

    // Equal deals must not differ by rounding.
    private const double Slack = 1e-9;

    /// <summary>The probability of a statistic at least that large; null where there are more than 20,000 deals.</summary>
    /// <param name="reference">Both samples hold a value.</param>
    /// <param name="current">The other.</param>
    /// <param name="statistic">Of the counts by distinct value, ascending.</param>
    public static double? PValue(NumericalSample reference, NumericalSample current, ITableStatistic statistic)
    {
        if (Counts(reference, current) is not var (totals, counts) || !AreFew(totals, reference.Count))
            return null;

        var seen = statistic.Of(totals, counts, reference.Count);
        var walk = new Walk(totals, reference.Count, statistic, seen - Slack * Math.Max(1, seen));
        walk.Deal(0, reference.Count, 0);
        return walk.Extreme / walk.All;
    }

    private static (long[] Totals, long[] Reference)? Counts(NumericalSample reference, NumericalSample current)
    {
        var (totals, counts) = (new List<long>(), new List<long>());
        var pooled = new PooledOrder(reference.Sorted, current.Sorted);
        while (pooled.MoveNext())
        {
            if (totals.Count == MostDistinct)
                return null;
            totals.Add(pooled.Ties);
            counts.Add(pooled.ReferenceTies);
        }

        return ([.. totals], [.. counts]);
    }

    /// <summary>Whether at most <see cref="MostDeals"/> tables have these totals and that many rows in one of the samples.</summary>
    private static bool AreFew(long[] totals, int rows)
    {
        var smaller = (int)Math.Min(rows, totals.Sum() - rows);
        if (smaller * (long)totals.Length > MostSteps)
            return false;

        // How many ways there are to have s rows of the smaller sample among the values so far.
        var ways = new double[smaller + 1];
        ways[0] = 1;
        foreach (var total in totals)
        {
            var (before, window) = ((double[])ways.Clone(), 0.0);
            for (var s = 0; s <= smaller; s++)
            {
                window += before[s] - (s > total ? before[s - total - 1] : 0);
                ways[s] = Math.Min(window, 1e15);
            }
        }

        return ways[smaller] <= MostDeals;
    }

    private sealed class Walk(long[] totals, int rows, ITableStatistic statistic, double least)
    {
        private readonly long[] _counts = new long[totals.Length];
        private readonly double _logAll = SpecialFunctions.BinomialLn((int)totals.Sum(), rows);

        /// <summary>The probability of the deals so far, 1 but for rounding at the end.</summary>
        public double All { get; private set; }

        /// <summary>That of those whose statistic is at least the one seen.</summary>
        public double Extreme { get; private set; }

        /// <summary>Deals the values from one on.</summary>
        public void Deal(int at, long left, double logWeight)
        {
            if (at == totals.Length - 1)
            {
                if (left > totals[at])
                    return;
                _counts[at] = left;
                var chance = Math.Exp(logWeight + Ways(at, left) - _logAll);
                All += chance;
                Extreme += statistic.Of(totals, _counts, rows) >= least ? chance : 0;
                return;
            }

            var later = 0L;
            for (var rest = at + 1; rest < totals.Length; rest++)
                later += totals[rest];
            for (var count = Math.Max(0, left - later); count <= Math.Min(left, totals[at]); count++)
            {
                _counts[at] = count;
                Deal(at + 1, left - count, logWeight + Ways(at, count));
            }
        }

        private double Ways(int at, long count) => SpecialFunctions.BinomialLn((int)totals[at], (int)count);
    }
}
