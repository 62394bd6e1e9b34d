using Platform.Bench.Load;

namespace Platform.Bench.Serving;

/// <summary>
/// Serving against its own limit: 1 / (time of an empty endpoint with the same body and answer + time per row of the bare
/// runtime at its best batch size), both tuned as the service is, everything on one core, the load on the other, prediction log on.
/// </summary>
internal static class ServingBenchmark
{
    /// <returns>Whether every cell reached what it must.</returns>
    public static async Task<bool> RunAsync(BenchOptions options)
    {
        using var platform = new Deployment();
        await platform.StartAsync();
        var results = new List<CellResult>();
        foreach (var cell in Cell.All.Where(cell => options.Includes(cell.Name)))
        {
            var rounds = new List<CellMeasurement>();
            for (var round = 0; round < options.Rounds; round++) rounds.Add(await CellMeasurement.TakeAsync(cell, platform, options.Duration));
            results.Add(new CellResult(cell, rounds));
            Print(results[^1]);
            await PrintOpenLoopAsync(results[^1].Median, platform, options);
        }
        if (options.Neighbours) await NeighbourBenchmark.RunAsync(platform, options);
        PrintVerdicts(results);
        return !results.Any(result => result.IsShort);
    }

    private static void Print(CellResult result)
    {
        var cell = result.Median;
        Console.WriteLine($"\n### {result.Cell.Name}\n");
        Console.WriteLine(
            $"limit {result.LimitPerSecond:F0}/s = 1 / (empty endpoint {result.EmptyMicros:F1} us + bare runtime "
            + $"{result.BareMicros:F1} us per row at batch {cell.BareBatch}); processor time a request: "
            + $"{result.CpuMicros:F1} us, empty endpoint {result.EmptyCpuMicros:F1} us");
        Console.WriteLine($"**share of the limit {result.Share:F2}** (rounds {string.Join(", ", result.Shares.Select(share => $"{share:F2}"))}; "
                          + $"by processor time {result.ShareByCpu:F2}): {result.Verdict}; without prediction log {Median(result.Rounds, round => round.LogCost):+0.0%;-0.0%}, "
                          + $"by processor time {Median(result.Rounds, round => round.LogCostByCpu):+0.0%;-0.0%}; "
                          + $"{cell.Bytes:F0} bytes allocated a request\n");
        Console.WriteLine("| load | per second | p50 us | p95 us | p99 us | p99 us of the median thousand | p99.9 us | errors |\n|---|---|---|---|---|---|---|---|");
        PrintRow("closed, 1 connection", cell.One);
        PrintRow("closed, 8 connections", cell.Eight);
        PrintRow("closed, 64 connections", cell.Full);
        PrintRow("closed, 64, log off", cell.Unlogged);
    }

    private static void PrintVerdicts(List<CellResult> results)
    {
        Console.WriteLine("\n### What is reached\n");
        foreach (var result in results) Console.WriteLine($"- {result.Cell.Name}: {result.Share:F2}, {result.Verdict}");
    }

    private static double Median(IReadOnlyList<CellMeasurement> rounds, Func<CellMeasurement, double> value) =>
        rounds.Select(value).Order().ElementAt(rounds.Count / 2);

    private static async Task PrintOpenLoopAsync(CellMeasurement cell, Deployment platform, BenchOptions options)
    {
        foreach (var share in new[] { 0.25, 0.5, 0.75 })
        {
            var result = await OpenLoop.RunAsync(platform.InferencePort, cell.Cell.Request(), cell.Full.PerSecond * share, options.Duration);
            var ideal = OpenLoop.Ideal(cell.Full.PerSecond * share, 1 / cell.Full.PerSecond, options.Duration).Microseconds(0.99);
            PrintRow($"open, Poisson at {share:P0} of saturation (p99 = {Times(result.P99 / cell.One.Median)} unloaded median, the median thousand's {Times(result.WindowP99 / cell.One.Median)}; an ideal queue's {ideal:F0} us)", result);
        }
        PrintRow("log off, open at the rate of 50 %", await OpenLoop.RunAsync(platform.InferencePort, cell.Cell.Request(logged: false), cell.Full.PerSecond / 2, options.Duration));
        PrintRow("empty endpoint, open at the rate of 50 %", await CellMeasurement.EmptyAtAsync(cell.Cell, platform, cell.Full.PerSecond / 2, options.Duration));
    }

    internal static void PrintRow(string load, LoadResult result) => Console.WriteLine(
        $"| {load} | {result.PerSecond:F0} | {Micros(result.Median)} | {Micros(result.Latencies.Microseconds(0.95))} | {Micros(result.P99)} "
        + $"| {Micros(result.WindowP99)} | {Micros(result.Latencies.Microseconds(0.999))} | {result.Errors} |");

    // There is none where nothing, or less than a thousand answers, was measured.
    private static string Micros(double value) => double.IsNaN(value) ? "too few" : $"{value:F0}";

    private static string Times(double value) => double.IsFinite(value) ? $"{value:F1} x" : "too few to tell";
}
