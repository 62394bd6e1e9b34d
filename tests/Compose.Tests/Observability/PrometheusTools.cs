using Platform.Compose.Tests.Running;
using Platform.TestKit;

namespace Platform.Compose.Tests.Observability;

/// <summary>Prometheus and Alertmanager with their tools, installed where they are missing.</summary>
public sealed class PrometheusTools : IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        var (exitCode, output) = await ChildProcess.RunAsync(Repository.PathOf("eng", "servers", "prometheus.sh"), "install");
        if (exitCode != 0) throw new InvalidOperationException(output);
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
