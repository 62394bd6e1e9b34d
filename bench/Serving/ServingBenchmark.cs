using Platform.Bench.Load;

namespace Platform.Bench.Serving;

/// <summary>
/// Serving against its own limit: 1 / (time of an empty endpoint with the same body and answer + time per row of the bare
/// runtime at its best batch size), everything on one core, the load on the other, prediction log on.
/// </summary>
internal static class ServingBenchmark
{
    public static async Task RunAsync(BenchOptions options)
    {
        using var platform = new Deployment();
        await platform.StartAsync();
        foreach (var cell in Cell.All.Where(options.Includes))
        {
            var rounds = new List<CellMeasurement>();
            for (var round = 0; round < options.Rounds; round++) rounds.Add(await CellMeasurement.TakeAsync(cell, platform, options.Duration));
            var median = rounds.OrderBy(measurement => measurement.ShareOfLimit).ElementAt(rounds.Count / 2);
            Print(median, rounds);
            await PrintOpenLoopAsync(median, platform, options);
        }
        if (options.Neighbours) await NeighbourBenchmark.RunAsync(platform, options);
    }

    private static void Print(CellMeasurement cell, List<CellMeasurement> rounds)
    {
        Console.WriteLine($"\n### {cell.Cell.Name}\n");
        Console.WriteLine(
            $"limit {cell.LimitPerSecond:F0}/s = 1 / (empty endpoint {1e6 / cell.EmptyPerSecond:F1} us + bare runtime "
            + $"{cell.BareMicrosPerRow:F1} us per row at batch {cell.BareBatch}); processor time a request: "
            + $"{cell.CpuMicros:F1} us, empty endpoint {cell.EmptyCpuMicros:F1} us");
        Console.WriteLine($"**share of the limit {cell.ShareOfLimit:F2}** (rounds {string.Join(", ", rounds.Select(round => $"{round.ShareOfLimit:F2}"))}; "
                          + $"by processor time {cell.ShareOfLimitByCpu:F2}; at least {cell.Cell.AtLeast}, aim {cell.Cell.Aim}); without prediction log {Median(rounds, round => round.LogCost):+0.0%;-0.0%}, "
                          + $"by processor time {Median(rounds, round => round.LogCostByCpu):+0.0%;-0.0%}; "
                          + $"{cell.Bytes:F0} bytes allocated a request\n");
        Console.WriteLine("| load | per second | p50 us | p95 us | p99 us | p99 us of the median thousand | p99.9 us | errors |\n|---|---|---|---|---|---|---|---|");
        PrintRow("closed, 1 connection", cell.One);
        PrintRow("closed, 8 connections", cell.Eight);
        PrintRow("closed, 64 connections", cell.Full);
        PrintRow("closed, 64, log off", cell.Unlogged);
    }

    private static double Median(List<CellMeasurement> rounds, Func<CellMeasurement, double> value) =>
        rounds.Select(value).Order().ElementAt(rounds.Count / 2);

    private static async Task PrintOpenLoopAsync(CellMeasurement cell, Deployment platform, BenchOptions options)
    {
        foreach (var share in new[] { 0.25, 0.5, 0.75 })
        {
            var result = await OpenLoop.RunAsync(platform.InferencePort, cell.Cell.Request(), cell.Full.PerSecond * share, options.Duration);
            var ideal = OpenLoop.Ideal(cell.Full.PerSecond * share, 1 / cell.Full.PerSecond, options.Duration).Microseconds(0.99);
            PrintRow($"open, Poisson at {share:P0} of saturation (p99 = {result.P99 / cell.One.Median:F1} x unloaded median, the median thousand's {result.WindowP99 / cell.One.Median:F1} x; an ideal queue's {ideal:F0} us)", result);
        }
        PrintRow("log off, open at the rate of 50 %", await OpenLoop.RunAsync(platform.InferencePort, cell.Cell.Request(logged: false), cell.Full.PerSecond / 2, options.Duration));
        PrintRow("empty endpoint, open at the rate of 50 %", await CellMeasurement.EmptyAtAsync(cell.Cell, platform, cell.Full.PerSecond / 2, options.Duration));
    }

    internal static void PrintRow(string load, LoadResult result) => Console.WriteLine(
        $"| {load} | {result.PerSecond:F0} | {result.Median:F0} | {result.Latencies.Microseconds(0.95):F0} | {result.P99:F0} "
        + $"| {result.WindowP99:F0} | {result.Latencies.Microseconds(0.999):F0} | {result.Errors} |");
}
