using Platform.TestKit;

namespace Platform.Monitor.Tests.Routes;

/// <summary>A monitor of one model, whose requests two versions divide.</summary>
public abstract class DividedCredit(int seed) : IAsyncLifetime
{
    private protected readonly TemporaryFolder _folder = new();
    private protected readonly Random _random = new(seed);
    private protected StubRegistry _registry = null!;
    private protected MonitorHost _monitor = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        var (rows, predictions) = Credit.Reference(200);
        _registry.Deploy(Credit.Version(), rows, predictions);
        _registry.Deploy(Credit.Version("2"), rows, predictions, alias: null);
        _registry.Split("credit", new() { Version = "1", Weight = 0.9, Role = "champion" }, new() { Version = "2", Weight = 0.1, Role = "challenger" });
        _monitor = await MonitorHost.StartAsync(_registry, _folder.Path);
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
        _folder.Dispose();
    }
}
