using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests;

internal static class FeaturePairs
{
    public static FeaturePair Numerical(double[] reference, double[] current) => new(new NumericalSample(reference), new NumericalSample(current));

    public static FeaturePair Categorical(string?[] reference, string?[] current) =>
        new(new CategoricalSample(reference), new CategoricalSample(current));

    /// <summary>A categorical pair with the given counts per category.</summary>
    public static FeaturePair FromCounts(long[] reference, long[] current) => Categorical(Spread(reference), Spread(current));

    private static string[] Spread(long[] counts) =>
        [.. counts.SelectMany((count, category) => Enumerable.Repeat(((char)('a' + category)).ToString(), (int)count))];
}
