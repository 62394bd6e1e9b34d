using Platform.Bench.References;
using Platform.Bench.Serving;

namespace Platform.Bench.Stages;

/// <summary>
/// Everything around the runtime's own run, in process: the service's stages are called one after the other, so that the table
/// says where the next microsecond is. Medians.
/// </summary>
internal static class StagesBenchmark
{
    private static readonly (Stage Stage, string Name)[] Rows =
    [
        (Stage.Take, "body into pooled memory"),
        (Stage.Parse, "parse into tensors"),
        (Stage.Queue, "queue, to a runner's thread"),
        (Stage.Run, "run, tensors to the runtime and back"),
        (Stage.HandBack, "back to the caller's thread"),
        (Stage.Format, "format the answer"),
        (Stage.Record, "prediction record into the log"),
        (Stage.Count, "metrics and statistics"),
        (Stage.Return, "memory back into the pool"),
    ];

    /// <summary>The rows by feature name come right behind the same as a tensor. Calls of gRPC have stages of their own.</summary>
    private static IEnumerable<Cell> Cells =>
        [Cell.All[0], Cell.Named, .. Cell.All.Skip(1).Where(cell => !cell.IsCall)];

    public static async Task RunAsync(StagesOptions options)
    {
        using var platform = new Deployment();
        await platform.StartAsync();
        await using var host = await StagesHost.StartAsync(platform.RegistryPort);
        var totals = new Dictionary<Cell, double>();
        foreach (var cell in Cells)
        {
            var version = host.Acquire(cell.Model);
            var run = new StagesRun(host, version, cell);
            totals[cell] = Print(cell, await run.MeasureAsync(options.Requests), await run.AllocatedAsync(options.Requests),
                BareRuntime.MedianMicros(Deployment.ModelPath(cell.Model), options.Requests));
            version.Release();
        }

        Console.WriteLine($"\nBy feature name it takes {totals[Cell.Named] / totals[Cell.All[0]]:F2} times what it takes with a tensor.");
    }

    /// <summary>Prints the table and answers what all of it takes.</summary>
    private static double Print(Cell cell, StageTimes times, double allocated, double bare)
    {
        var total = Rows.Sum(row => times.Micros(row.Stage));
        Console.WriteLine($"\n### {cell.Name}\n");
        Console.WriteLine("| stage | us | bytes allocated |\n|---|---|---|");
        foreach (var (stage, name) in Rows) Console.WriteLine($"| {name} | {times.Micros(stage):F1} | {Bytes(times, stage)} |");
        Console.WriteLine($"| all of it | {total:F1} | {allocated:F0} |");
        Console.WriteLine($"| of which the bare runtime | {bare:F1} | |");
        Console.WriteLine($"| **around it** | **{total - bare:F1}** | **{allocated:F0}** |");
        return total;
    }

    // What other threads allocate is only seen in the total.
    private static string Bytes(StageTimes times, Stage stage) =>
        stage is Stage.Queue or Stage.Run or Stage.HandBack ? "" : $"{times.Bytes(stage):F0}";
}
