using System.Text.Json.Nodes;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Running;

namespace Platform.WebConsole.Tests;

/// <summary>What <c>./dev run</c> runs, with the samples, once drift has shown and quality was measured; and a browser.</summary>
public sealed class SampledPlatform : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private PlatformProcess? _process;

    public Browser Browser { get; } = new();

    public PlatformApi Api { get; private set; } = null!;

    public Uri Address => _process!.Address;

    public async Task InitializeAsync()
    {
        await Browser.InitializeAsync();
        _process = await StartAsync(["--port", "0", "--data", _data.Path]);
        Api = new PlatformApi(_process.Address);
        await Eventually.TrueAsync(HasAlertAsync, "an alert about credit is raised");
        await Eventually.TrueAsync(HasQualityAsync, "the quality of credit is measured");
    }

    public async Task DisposeAsync()
    {
        Api?.Dispose();
        if (_process is not null) await _process.DisposeAsync();
        await Browser.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>The program as it is started by hand.</summary>
    internal static Task<PlatformProcess> StartAsync(IReadOnlyList<string> arguments) =>
        PlatformProcess.StartAsync(Repository.ProgramOf("services/standalone", "Platform.Standalone.dll"), arguments, null, Eventually.Patience);

    private async Task<bool> HasAlertAsync() =>
        (await Api.ReadAsync("/v1/alerts"))["items"]!.AsArray().Any(alert => (string?)alert!["model"] == "credit");

    private async Task<bool> HasQualityAsync() =>
        (await Api.ReadAsync("/v1/models/credit/monitoring?detail=windows"))["windows"]!.AsArray().Any(window => window!["performance"]?["value"] is JsonValue);
}

/// <summary>One platform for all tests, one test after the other.</summary>
[CollectionDefinition(Name)]
public sealed class WithSamples : ICollectionFixture<SampledPlatform>
{
    public const string Name = "The samples";
}
