using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Registry;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Registry.Tests;

/// <summary>The registry alone in a process of its own kind: real HTTP, real files. It can be stopped and started again.</summary>
public sealed class RegistryHost : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private readonly KeyValuePair<string, string?>[] _settings;
    private TestHost? _host;
    private int _names;

    public RegistryHost() : this([])
    {
    }

    private RegistryHost(KeyValuePair<string, string?>[] settings) => _settings = settings;

    public HttpClient Http => _host!.Http;

    public IServiceProvider Services => _host!.App.Services;

    /// <summary>What another service hears of promotions on the bus.</summary>
    public ConcurrentQueue<ModelPromoted> Heard { get; } = new();

    public static async Task<RegistryHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var host = new RegistryHost([.. settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value))]);
        await host.InitializeAsync();
        return host;
    }

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(
        builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Storage:Directory", _data.Path), new("Registry:Rollouts:Interval", "00:00:00.100"), .. _settings]);
            builder.AddPlatformDefaults(RegistryService.Name);
            builder.AddRegistry();
            builder.Services.AddSingleton(Heard);
            builder.AddPlatformMessaging(RegistryService.Messaging, new ServiceMessaging("test", bus =>
                bus.AddConsumer<PromotionListener>().Endpoint(endpoint => endpoint.Name = "test-promotion-listener")));
        },
        app =>
        {
            app.MapPlatformDefaults();
            app.MapRegistry();
        });

    public async Task RestartAsync()
    {
        await _host!.DisposeAsync();
        await InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _host!.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>Everything that lies in the artifact store, what is being received included.</summary>
    public string[] ArtifactFiles() =>
        Directory.Exists(_data.File("artifacts")) ? Directory.GetFiles(_data.File("artifacts"), "*", SearchOption.AllDirectories) : [];

    public string ArtifactPath(string sha256) => _data.File("artifacts", sha256[..2], sha256);

    public Task<JsonNode> GetAsync(string path) => Http.GetAsync(path).JsonAsync();

    public Task<JsonNode> PostAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK) =>
        Http.PostAsJsonAsync(path, body).JsonAsync(expected);

    /// <summary>Registers a model under a name that no other test uses.</summary>
    public async Task<string> RegisterAsync(object? gates = null)
    {
        var name = $"model-{Interlocked.Increment(ref _names)}";
        await PostAsync("/v1/models", new { name, gates }, HttpStatusCode.Created);
        return name;
    }

    /// <summary>Registers a model and uploads as many versions of a small model, each with another weight.</summary>
    public async Task<string> RegisterWithVersionsAsync(int count, object? gates = null)
    {
        var name = await RegisterAsync(gates);
        for (var i = 1; i <= count; i++) await UploadAsync(name, new UploadBody { Model = TinyModels.Linear(i).ToArray() });
        return name;
    }

    public Task<JsonNode> UploadAsync(string model, UploadBody upload) =>
        Http.PostAsync($"/v1/models/{model}/versions", upload.ToContent()).JsonAsync(HttpStatusCode.Created);

    public Task<JsonNode> PromoteAsync(string model, string version, string alias = "champion") =>
        PostAsync($"/v1/models/{model}/promotions", new { version, alias });

    public async Task<string?> ChampionAsync(string model) =>
        (await GetAsync($"/v1/models/{model}"))["aliases"]!["champion"]?.GetValue<string>();

    public async Task<JsonArray> ItemsAsync(string path) => (await GetAsync(path))["items"]!.AsArray();
}
