using Platform.TestKit.Observability;

namespace Platform.Compose.Tests.Observability;

/// <summary>Prometheus and Alertmanager with their tools, installed where they are missing.</summary>
public sealed class InstalledTools : IAsyncLifetime
{
    public Task InitializeAsync() => PrometheusTools.InstallAsync();

    public Task DisposeAsync() => Task.CompletedTask;
}
