using Platform.EndToEnd.Tests.Running;
using Platform.TestKit.Observability;

namespace Platform.EndToEnd.Tests.Observability;

/// <summary>The distributed platform under a little traffic, scraped by a real Prometheus.</summary>
public sealed class ObservedPlatform(DistributedPlatform platform) : IAsyncLifetime
{
    private readonly Traffic _traffic = new(platform.Api);
    private PrometheusServer? _prometheus;

    internal PrometheusServer Prometheus => _prometheus!;

    public async Task InitializeAsync()
    {
        await PrometheusTools.InstallAsync();
        await _traffic.StartAsync();
        _prometheus = await PrometheusServer.StartAsync(platform.MetricsTargets);
    }

    public async Task DisposeAsync()
    {
        await _traffic.DisposeAsync();
        if (_prometheus is not null) await _prometheus.DisposeAsync();
    }
}
