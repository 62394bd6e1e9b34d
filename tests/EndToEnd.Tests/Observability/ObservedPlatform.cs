using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Observability;
using Platform.TestKit.Running;
using Platform.TestKit.Tls;

namespace Platform.EndToEnd.Tests.Observability;

/// <summary>
/// The distributed platform under a little traffic, and a standalone one that answers by https and has a management port, scraped by a
/// real Prometheus.
/// </summary>
public sealed class ObservedPlatform(DistributedPlatform platform) : IAsyncLifetime
{
    private readonly Traffic _traffic = new(platform.Api);
    private readonly TestAuthority _authority = new();
    private readonly TemporaryFolder _folder = new();
    private PlatformProcess? _secure;
    private PrometheusServer? _prometheus;

    internal PrometheusServer Prometheus => _prometheus!;

    public async Task InitializeAsync()
    {
        await PrometheusTools.InstallAsync();
        await _traffic.StartAsync();
        _prometheus = await PrometheusServer.StartAsync(platform.MetricsTargets, await StartSecureAsync());
    }

    public async Task DisposeAsync()
    {
        await _traffic.DisposeAsync();
        if (_prometheus is not null) await _prometheus.DisposeAsync();
        if (_secure is not null) await _secure.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    /// <summary>Where its metrics are, as Prometheus reads it.</summary>
    private async Task<string> StartSecureAsync()
    {
        var (certificate, port) = (_authority.Issue(["127.0.0.1"]), Ports.Free());
        _secure = await StandaloneProcess.StartAsync(["--empty", "--port", "0", "--data", _folder.File("data")], new Dictionary<string, string>
        {
            ["PLATFORM_Tls__Certificate"] = certificate.CertificateFile, ["PLATFORM_Tls__Key"] = certificate.KeyFile, ["PLATFORM_Management__Port"] = $"{port}",
        });
        var targets = _folder.File("targets.json");
        await File.WriteAllTextAsync(targets, $$$"""[{"targets":["127.0.0.1:{{{port}}}"],"labels":{"component":"standalone"}}]""");
        return targets;
    }
}
