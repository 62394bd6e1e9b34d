using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Running;

/// <summary>A running platform without samples, shared by the tests of the loop; each registers models of its own.</summary>
public abstract class RunningPlatform : IAsyncLifetime
{
    /// <summary>Its public API.</summary>
    public PlatformApi Api { get; private set; } = null!;

    /// <summary>Where it keeps everything.</summary>
    public abstract string Data { get; }

    public async Task InitializeAsync() => Api = new PlatformApi(await StartAsync(), new DescribedAnswers(), Key);

    public async Task DisposeAsync()
    {
        Api?.Dispose();
        await StopAsync();
    }

    /// <summary>The key that its callers bring; null where nobody is asked for one.</summary>
    public abstract string? Key { get; }

    protected abstract Task<Uri> StartAsync();

    protected abstract Task StopAsync();
}
