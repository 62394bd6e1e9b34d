using Platform.Bench.Load;
using Platform.Bench.References;
using Platform.Bench.Serving;

namespace Platform.Bench.Gateway;

/// <summary>
/// What the hop through the gateway costs: the same request straight to inference, through the gateway and through YARP alone, interleaved,
/// in a closed loop. Proxies and inference share a core, as they would share a machine; the load has the other.
/// </summary>
internal static class GatewayBenchmark
{
    private static readonly int[] Connections = [1, 8, 64];

    public static async Task RunAsync(BenchOptions options)
    {
        var cell = Cell.All[0];
        using var platform = new Deployment();
        await platform.StartAsync([new ModelFile(cell.Model, await File.ReadAllBytesAsync(Deployment.ModelPath(cell.Model)))]);
        var port = Ports.Free();
        using var gateway = platform.StartGateway(port);
        await gateway.ListeningAsync(port);
        var barePort = Ports.Free();
        using var bare = ChildProcess.Start(ChildProcess.ServerCore, Program.Path, ["proxy", $"{barePort}", $"{platform.InferencePort}"]);
        await bare.ListeningAsync(barePort);

        Console.WriteLine($"\n### Through the gateway: {cell.Name}\n");
        Console.WriteLine("| connections | way | per second | p50 us | p95 us | p99 us | errors | throughput |\n|---|---|---|---|---|---|---|---|");
        foreach (var connections in Connections)
        {
            var rounds = new List<Round>();
            for (var round = 0; round < options.Rounds; round++) rounds.Add(await RoundAsync(platform, port, barePort, cell, connections, options.Duration));
            Print(connections, rounds.OrderBy(round => round.Share).ElementAt(rounds.Count / 2));
        }
    }

    private static async Task<Round> RoundAsync(Deployment platform, int gateway, int bare, Cell cell, int connections, TimeSpan duration) => new(
        await ClosedLoop.RunAsync(platform.InferencePort, cell.Request(), connections, duration),
        await ClosedLoop.RunAsync(gateway, cell.Request(), connections, duration),
        await ClosedLoop.RunAsync(bare, cell.Request(), connections, duration));

    private static void Print(int connections, Round median)
    {
        PrintRow($"{connections}", "straight", median.Straight, 1);
        PrintRow($"{connections}", $"through, x {median.Through.PerSecond / median.Bare.PerSecond:F2} of bare YARP", median.Through, median.Share);
        PrintRow($"{connections}", "through bare YARP", median.Bare, median.Bare.PerSecond / median.Straight.PerSecond);
    }

    private static void PrintRow(string connections, string way, LoadResult result, double share) => Console.WriteLine(
        $"| {connections} | {way} | {result.PerSecond:F0} | {result.Median:F0} | {result.Latencies.Microseconds(0.95):F0} | {result.P99:F0} "
        + $"| {result.Errors} | x {share:F2} |");

    private sealed record Round(LoadResult Straight, LoadResult Through, LoadResult Bare)
    {
        public double Share => Through.PerSecond / Straight.PerSecond;
    }
}
