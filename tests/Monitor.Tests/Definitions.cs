using Platform.Statistics.DriftTests;

namespace Platform.Monitor.Tests;

/// <summary>Statistics written down as they are defined, however long they take.</summary>
internal static class Definitions
{
    /// <summary>T = nm/(n + m)²·Σ (F(z) − G(z))² over the pooled values (Anderson 1962, equation 2).</summary>
    public static double CramerVonMises(double[] reference, double[] current)
    {
        double n = reference.Length;
        double m = current.Length;
        var sum = reference.Concat(current).Sum(z =>
            Math.Pow(reference.Count(value => value <= z) / n - current.Count(value => value <= z) / m, 2));
        return n * m / ((n + m) * (n + m)) * sum;
    }

    /// <summary>All ways to deal the pooled values to a sample of that size and another of the rest.</summary>
    public static IEnumerable<(double[] First, double[] Second)> Splits(double[] pooled, int size)
    {
        for (var chosen = 0; chosen < 1 << pooled.Length; chosen++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)chosen) == size)
                yield return ([.. pooled.Where((_, at) => (chosen >> at & 1) == 1)], [.. pooled.Where((_, at) => (chosen >> at & 1) == 0)]);
        }
    }
}
