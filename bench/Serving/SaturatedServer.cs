using Platform.Bench.Load;
using Platform.Bench.References;
using Platform.Load;

namespace Platform.Bench.Serving;

/// <summary>A server with as much to do as it can, over the same connections in every slice; behind a proxy where there is one.</summary>
internal sealed class SaturatedServer(ChildProcess server, int port, WireRequest request, int connections = 64, ChildProcess? proxy = null)
    : ISaturated, IDisposable
{
    private const int MostWarmUps = 12;
    private const double Falling = 0.97;

    private readonly ConnectionSet _connections = new(port, request, connections);
    private readonly LatencyHistogram _latencies = new();
    private readonly LatencyWindows _windows = new();
    private TimeSpan _processor;
    private TimeSpan _proxyProcessor;
    private double _seconds;
    private long _errors;

    public LoadResult Load => new(_seconds, _latencies, _errors, _windows);

    /// <summary>Processor time a request.</summary>
    public double CpuMicros => _processor.TotalMicroseconds / _latencies.Count;

    /// <summary>The proxy's processor time a request.</summary>
    public double ProxyCpuMicros => _proxyProcessor.TotalMicroseconds / _latencies.Count;

    /// <summary>
    /// Until a request takes no less processor time than in the part before: what is compiled meanwhile is the start's, and on a busy machine a part
    /// is too short for it.
    /// </summary>
    public async Task WarmUpAsync(TimeSpan duration)
    {
        var (before, parts) = (double.PositiveInfinity, 0);
        while (parts++ < MostWarmUps)
        {
            var used = Used;
            var load = await LoadAsync(duration);
            var micros = (Used - used).TotalMicroseconds / load.Latencies.Count;
            if (micros >= before * Falling) return;
            before = micros;
        }
    }

    /// <summary>Loads the server without measuring it.</summary>
    public Task<LoadResult> LoadAsync(TimeSpan duration) => ClosedLoop.RunAsync(_connections, request, duration);

    public async Task TakeSliceAsync(TimeSpan duration)
    {
        var (before, proxyBefore) = (server.ProcessorTime, proxy?.ProcessorTime);
        var load = await LoadAsync(duration);
        _processor += server.ProcessorTime - before;
        _proxyProcessor += (proxy?.ProcessorTime - proxyBefore) ?? default;
        _seconds += load.Seconds;
        _latencies.Add(load.Latencies);
        _windows.Add(load.Windows);
        _errors += load.Errors;
    }

    private TimeSpan Used => server.ProcessorTime + (proxy?.ProcessorTime ?? default);

    public void Dispose() => _connections.Dispose();
}
