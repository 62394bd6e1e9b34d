using Platform.Bench.References;
using Platform.Bench.Serving;

namespace Platform.Bench.Gateway;

/// <summary>
/// What the hop through the gateway costs: the same request straight to inference, through the gateway and through YARP alone, in turns of
/// short slices, in a closed loop. Proxies and inference share a core, as they would share a machine; the load has the other.
/// </summary>
internal static class GatewayBenchmark
{
    private static readonly int[] Connections = [1, 8, 64];

    /// <returns>Whether the gateway came near enough to YARP alone.</returns>
    public static async Task<bool> RunAsync(BenchOptions options)
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

        var results = new List<HopResult>();
        foreach (var connections in Connections)
        {
            var rounds = new List<HopMeasurement>();
            for (var round = 0; round < options.Rounds; round++)
                rounds.Add(await HopMeasurement.TakeAsync(cell.Request(), platform, (gateway, port), (bare, barePort), connections, options.Duration));
            results.Add(new HopResult(connections, rounds));
        }
        Print(cell, results);
        return results.All(result => !result.IsShort);
    }

    private static void Print(Cell cell, List<HopResult> results)
    {
        Console.WriteLine($"\n### Through the gateway: {cell.Name}\n");
        Console.WriteLine("| connections | way | per second | of the rate straight | p50 us | p95 us | p99 us | errors | processor time a request, us: the proxy's | inference's |\n"
            + "|---|---|---|---|---|---|---|---|---|---|");
        foreach (var result in results)
        {
            PrintRow(result, "straight", round => round.Straight);
            PrintRow(result, "through the gateway", round => round.Through);
            PrintRow(result, "through bare YARP", round => round.Bare);
        }
        Console.WriteLine();
        foreach (var result in results) Console.WriteLine($"- {result.Connections} connections: {result.Verdict}");
    }

    private static void PrintRow(HopResult result, string way, Func<HopMeasurement, WayMeasurement> of)
    {
        var best = result.Best(of);
        Console.WriteLine($"| {result.Connections} | {way} | {best.Load.PerSecond:F0} | x {result.ShareOf(of):F2} | {best.Load.Median:F0} "
            + $"| {best.Load.Latencies.Microseconds(0.95):F0} | {best.Load.P99:F0} | {result.Rounds.Sum(round => of(round).Load.Errors)} "
            + $"| {result.Least(of, way => way.ProxyCpuMicros):F1} | {result.Least(of, way => way.InferenceCpuMicros):F1} |");
    }
}
