using Platform.Bench.Load;
using Platform.Bench.Serving;

namespace Platform.Bench.Isolation;

/// <summary>Latency of one model, in the service's process, while versions of another load beside it: there, and in workers.</summary>
internal static class LoadingNeighbour
{
    public static async Task RunAsync(Deployment platform, BenchOptions options, string isolated)
    {
        var cell = Cell.All[0];
        var saturation = await ClosedLoop.RunAsync(platform.InferencePort, cell.Request(), 64, options.Duration);
        Task<LoadResult> MeasureAsync() => OpenLoop.RunAsync(platform.InferencePort, cell.Request(), saturation.PerSecond / 4, options.Duration * 2);
        Console.WriteLine("\n### A neighbour loads\n");
        Console.WriteLine("| tabular in process, Poisson at 25% of saturation | per second | p50 us | p95 us | p99 us | p99 us of the median thousand | p99.9 us | errors |\n|---|---|---|---|---|---|---|---|");
        for (var round = 0; round < options.Rounds; round++)
        {
            ServingBenchmark.PrintRow("alone", await MeasureAsync());
            await BesideAsync(platform, "in the service's process", "{}", MeasureAsync);
            await BesideAsync(platform, "in a worker", isolated, MeasureAsync);
        }
    }

    private static async Task BesideAsync(Deployment platform, string where, string metadata, Func<Task<LoadResult>> measureAsync)
    {
        using var stop = new CancellationTokenSource();
        var loading = NeighbourBenchmark.LoadAgainAndAgainAsync(platform, metadata, stop.Token);
        var beside = await measureAsync();
        await stop.CancelAsync();
        ServingBenchmark.PrintRow($"while the transformer loads {where} ({await loading} versions)", beside);
    }
}
