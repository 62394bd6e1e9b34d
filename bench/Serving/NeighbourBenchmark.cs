using Platform.Bench.Load;
using Platform.Bench.References;

namespace Platform.Bench.Serving;

/// <summary>
/// Latency of one model while versions of another load, switch and drain beside it; and, to compare, while a program of the lowest
/// priority there is computes on the same core: what the machine makes of any company.
/// </summary>
internal static class NeighbourBenchmark
{
    public static async Task RunAsync(Deployment platform, BenchOptions options)
    {
        var cell = Cell.All[0];
        var saturation = await ClosedLoop.RunAsync(platform.InferencePort, cell.Request(), 64, options.Duration);
        Task<LoadResult> MeasureAsync() => OpenLoop.RunAsync(platform.InferencePort, cell.Request(), saturation.PerSecond / 4, options.Duration * 2);

        var alone = await MeasureAsync();
        var besideIdlePriority = await BesideIdlePriorityAsync(MeasureAsync);
        using var stop = new CancellationTokenSource();
        var loading = LoadAgainAndAgainAsync(platform, "{}", stop.Token);
        var besideLoading = await MeasureAsync();
        await stop.CancelAsync();
        var loads = await loading;

        Console.WriteLine($"\n### A neighbour loads ({loads} versions of the transformer promoted meanwhile)\n");
        Console.WriteLine("| tabular, Poisson at 25% of saturation | per second | p50 us | p95 us | p99 us | p99 us of the median thousand | p99.9 us | errors |\n|---|---|---|---|---|---|---|---|");
        ServingBenchmark.PrintRow("alone", alone);
        PrintBeside("while the neighbour loads", besideLoading, alone);
        PrintBeside("while a program of the lowest priority computes", besideIdlePriority, alone);
    }

    private static void PrintBeside(string load, LoadResult beside, LoadResult alone) => ServingBenchmark.PrintRow(
        $"{load} (p99 x {Ratio(beside.P99, alone.P99)}, the median thousand's x {Ratio(beside.WindowP99, alone.WindowP99)})", beside);

    private static string Ratio(double value, double of) => double.IsFinite(value / of) ? $"{value / of:F2}" : "unknown: too few answers";

    private static async Task<LoadResult> BesideIdlePriorityAsync(Func<Task<LoadResult>> measureAsync)
    {
        using var neighbour = ChildProcess.StartIdlePriority(ChildProcess.ServerCore, Program.Path, ["spin"]);
        return await measureAsync();
    }

    /// <summary>Promotes versions of the transformer one after the other; their number.</summary>
    internal static async Task<int> LoadAgainAndAgainAsync(Deployment platform, string metadata, CancellationToken stop)
    {
        var content = await File.ReadAllBytesAsync(Deployment.ModelPath("transformer"), CancellationToken.None);
        var transformer = new ModelFile("transformer", content, metadata);
        var loads = 0;
        while (!stop.IsCancellationRequested)
        {
            await platform.DeployAsync(transformer);
            loads++;
            await Task.Delay(500, CancellationToken.None);
        }
        return loads;
    }
}
