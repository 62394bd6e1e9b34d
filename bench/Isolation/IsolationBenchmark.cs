using Platform.Bench.Serving;

namespace Platform.Bench.Isolation;

/// <summary>
/// What a process of its own costs a model: the same model twice in one service, once in the service's process and once in a worker, both
/// with the same one core, measured in turns over 64 connections; and what a neighbour that loads in a worker does to the others.
/// </summary>
internal static class IsolationBenchmark
{
    private const string Suffix = "-isolated";
    private const string Isolated = """{"serving":{"isolation":"process"}}""";

    /// <summary>The share of the rate in process that must be reached, by the cell's number.</summary>
    private static readonly (int Cell, double AtLeast)[] Wanted = [(0, 0.7), (3, 0.9), (5, 0.97)];

    /// <returns>Whether every model reached what it must.</returns>
    public static async Task<bool> RunAsync(BenchOptions options)
    {
        var cells = Wanted.Select(wanted => (Cell: Cell.All[wanted.Cell], wanted.AtLeast)).Where(wanted => options.Includes(wanted.Cell.Name)).ToArray();
        using var platform = new Deployment();
        await platform.StartAsync([.. Cell.All.Select(cell => cell.Model).Distinct().SelectMany(Twice)]);
        var results = new List<PriceOfIsolation>();
        Console.WriteLine("| model | in process, per second | in a worker | share (rounds) | p50 us | in a worker | p99 us of the median thousand | in a worker | one connection p50 us | in a worker | |\n|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (cell, atLeast) in cells)
        {
            var rounds = new List<PriceRound>();
            for (var round = 0; round < options.Rounds; round++) rounds.Add(await PriceRound.TakeAsync(platform, cell, cell.Model + Suffix, options.Duration));
            results.Add(new PriceOfIsolation(cell, atLeast, rounds));
            Console.WriteLine(results[^1].Row);
        }

        if (options.Neighbours) await LoadingNeighbour.RunAsync(platform, options, Isolated);
        return results.TrueForAll(result => result.IsReached);
    }

    private static ModelFile[] Twice(string model)
    {
        var content = File.ReadAllBytes(Deployment.ModelPath(model));
        return [new ModelFile(model, content), new ModelFile(model + Suffix, content, Isolated)];
    }
}
