using System.Diagnostics;
using Platform.Bench.Serving;

namespace Platform.Bench.Jobs;

/// <summary>
/// Jobs submitted one after the other, by one client over one connection, to <c>./dev run</c> and to <c>./dev up</c>, in turns on the same two
/// cores: what the database, the broker and the gateway cost one who waits for each answer.
/// </summary>
internal static class JobsBenchmark
{
    private const int Jobs = 200;

    public static async Task RunAsync(BenchOptions options)
    {
        var cell = Cell.All[0];
        await using var standalone = await RunningPlatform.StartAsync("run");
        await using var distributed = await RunningPlatform.StartAsync("up");
        foreach (var platform in (RunningPlatform[])[standalone, distributed])
        {
            await platform.DeployAsync(cell.Model, await File.ReadAllBytesAsync(Deployment.ModelPath(cell.Model)));
            await SubmitAsync(platform, cell); // until its code is compiled
        }

        var rounds = new List<Round>();
        for (var round = 0; round < options.Rounds; round++)
            rounds.Add(new(await SubmitAsync(standalone, cell), await SubmitAsync(distributed, cell)));
        Print(rounds);
    }

    /// <summary>How long it takes until the last is accepted, and until it has succeeded.</summary>
    private static async Task<Times> SubmitAsync(RunningPlatform platform, Cell cell)
    {
        var watch = Stopwatch.StartNew();
        var last = "";
        for (var job = 0; job < Jobs; job++) last = await platform.SubmitAsync(cell.Model, cell.Body);
        var submitted = watch.Elapsed;
        await platform.SucceededAsync(last);
        return new Times(submitted, watch.Elapsed);
    }

    private static void Print(List<Round> rounds)
    {
        var median = rounds.OrderBy(round => round.Ratio).ElementAt(rounds.Count / 2);
        Console.WriteLine($"\n### {Jobs} jobs, one after the other\n");
        Console.WriteLine("| | submitted s | the last has succeeded s | x of standalone (rounds) |\n|---|---|---|---|");
        Console.WriteLine($"| standalone | {median.Standalone.Submitted.TotalSeconds:F2} | {median.Standalone.Succeeded.TotalSeconds:F2} | |");
        Console.WriteLine($"| distributed | {median.Distributed.Submitted.TotalSeconds:F2} | {median.Distributed.Succeeded.TotalSeconds:F2} "
            + $"| **{median.Ratio:F1}** ({string.Join(", ", rounds.Select(round => $"{round.Ratio:F1}"))}) |");
    }

    private sealed record Times(TimeSpan Submitted, TimeSpan Succeeded);

    private sealed record Round(Times Standalone, Times Distributed)
    {
        public double Ratio => Distributed.Submitted / Standalone.Submitted;
    }
}
