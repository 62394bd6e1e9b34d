using Platform.Bench.Load;
using Platform.Bench.References;
using Platform.Load;

namespace Platform.Bench.Serving;

/// <summary>A server with as much to do as it can, over the same connections in every slice; behind a proxy where there is one.</summary>
internal sealed class SaturatedServer(ChildProcess server, int port, WireRequest request, int connections = 64, ChildProcess? proxy = null)
    : ISaturated, IDisposable
{
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

    public Task WarmUpAsync(TimeSpan duration) => LoadAsync(duration);

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

    public void Dispose() => _connections.Dispose();
}
