using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Running;

namespace Platform.Clients.Tests;

/// <summary>A running platform with a model that serves; tests that change anything register models of their own.</summary>
public sealed class ClientPlatform : IAsyncLifetime
{
    /// <summary>The credit sample, whose first version serves.</summary>
    public const string Model = "credit";

    /// <summary>Rows that make a window of the monitor.</summary>
    public const int WindowRows = 100;

    private static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>
    {
        ["PLATFORM_Monitor__Windows__Size"] = $"{WindowRows}",
        ["PLATFORM_Monitor__Windows__MinAge"] = "00:00:00",
        ["PLATFORM_Monitor__Reviews__Share"] = "1",
        ["PLATFORM_Monitor__Reviews__RandomShare"] = "1",
        ["PLATFORM_Explainer__PredictionPatience"] = "00:00:10",
    };

    private readonly TemporaryFolder _folder = new();
    private PlatformProcess? _process;

    /// <summary>Where it answers.</summary>
    public Uri Address => _process!.Address;

    public async Task InitializeAsync()
    {
        _process = await PlatformProcess.StartAsync(
            Repository.ProgramOf("services/standalone", "Platform.Standalone.dll"),
            ["--empty", "--port", "0", "--data", _folder.File("data")], Settings, Eventually.Patience);
        using var api = new PlatformApi(Address);
        await api.ServeCreditAsync(Model);
    }

    public async Task DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>What the clients are tried against.</summary>
[CollectionDefinition(Name)]
public sealed class TheClientPlatform : ICollectionFixture<ClientPlatform>
{
    public const string Name = "The clients' platform";
}
