namespace Platform.Bench.Loading;

/// <summary>What loaded models cost an inference process in memory and time, and whether it gets that back.</summary>
internal static class LoadingBenchmark
{
    public static async Task RunAsync(LoadingOptions options)
    {
        await MemoryCycles.RunAsync(options);
        await SmallModels.CostAsync(options);
        await SmallModels.ReturnAsync(options);
    }

    /// <summary>Bytes as MiB.</summary>
    internal static double Mebibytes(double bytes) => bytes / (1 << 20);

    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
