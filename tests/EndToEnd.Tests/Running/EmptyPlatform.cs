using Platform.TestKit;

namespace Platform.EndToEnd.Tests.Running;

/// <summary>One running platform without samples, shared by the tests of the loop; each registers models of its own.</summary>
public sealed class EmptyPlatform : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private StandaloneProcess _process = null!;

    internal PlatformApi Api { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _process = await StandaloneProcess.StartAsync(["--empty", "--port", "0", "--data", _data.Path], Settings.Quick);
        Api = new PlatformApi(_process.Address);
    }

    public async Task DisposeAsync()
    {
        Api.Dispose();
        await _process.DisposeAsync();
        _data.Dispose();
    }
}

/// <summary>Tests that share <see cref="EmptyPlatform"/>, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class TheLoop : ICollectionFixture<EmptyPlatform>
{
    public const string Name = "The loop";
}
