using Platform.Bench.Load;
using Platform.Bench.References;

namespace Platform.Bench.Serving;

/// <summary>
/// A server with as much to do as it can. Measured in short slices that alternate with those of the servers it is compared with:
/// what disturbs the machine for some seconds then disturbs all of them alike.
/// </summary>
internal sealed class SaturatedServer(ChildProcess server, int port, WireRequest request)
{
    private const int Connections = 64;
    private const int Slices = 10;

    private readonly LatencyHistogram _latencies = new();
    private TimeSpan _processor;
    private double _seconds;
    private long _errors;

    public LoadResult Load => new(_latencies.Count / _seconds, _latencies, _errors);

    /// <summary>Processor time a request.</summary>
    public double CpuMicros => _processor.TotalMicroseconds / _latencies.Count;

    /// <summary>Measures each of the servers for <paramref name="duration"/> in all, back and forth, so that none always comes after the same one.</summary>
    public static async Task CompareAsync(TimeSpan duration, params SaturatedServer[] servers)
    {
        foreach (var server in servers) await server.LoadAsync(duration / 4);
        for (var slice = 0; slice < Slices; slice++)
            foreach (var server in slice % 2 == 0 ? servers : servers.Reverse()) await server.TakeSliceAsync(duration / Slices);
    }

    /// <summary>Loads the server without measuring it.</summary>
    public Task<LoadResult> LoadAsync(TimeSpan duration) => ClosedLoop.RunAsync(port, request, Connections, duration, warmUp: false);

    private async Task TakeSliceAsync(TimeSpan duration)
    {
        var before = server.ProcessorTime;
        var load = await LoadAsync(duration);
        _processor += server.ProcessorTime - before;
        _seconds += load.Latencies.Count / load.PerSecond;
        _latencies.Add(load.Latencies);
        _errors += load.Errors;
    }
}
