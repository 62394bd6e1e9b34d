using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Explainer;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Hosting.WebConsole;
using Platform.Inference;
using Platform.Monitor;
using Platform.Registry;
using Platform.TestKit;

namespace Platform.Standalone.Tests.Access;

/// <summary>The services in one process, which ask everybody for a key.</summary>
public sealed class AskingPlatform : IAsyncLifetime
{
    /// <summary>The first key.</summary>
    public const string Bootstrap = "a-first-key-that-the-operator-has-chosen";

    private readonly Uri _address = new($"http://127.0.0.1:{Ports.Free()}");
    private readonly ConcurrentDictionary<string, HttpClient> _clients = new();
    private readonly KeyValuePair<string, string?>[] _settings;
    private TestHost _host = null!;

    public AskingPlatform() : this([])
    {
    }

    private AskingPlatform(KeyValuePair<string, string?>[] settings) => _settings = settings;

    /// <summary>One with settings of the test's own.</summary>
    public static async Task<AskingPlatform> StartAsync(params KeyValuePair<string, string?>[] settings)
    {
        var platform = new AskingPlatform(settings);
        await platform.InitializeAsync();
        return platform;
    }

    /// <summary>A client without a key.</summary>
    public HttpClient Stranger => _host.Http;

    /// <summary>A client with the first key.</summary>
    public HttpClient Operator => With(Bootstrap);

    internal IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. _host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAskingAsync(Add, app =>
        {
            app.MapPlatformDefaults();
            app.MapRegistry().MapInference().MapMonitor().MapExplainer().MapStandalone();
        },
        [
            new("Registry:Address", _address.ToString()), new("Access:ServiceSecret", new string('s', 32)),
            new("Access:BootstrapKey", Bootstrap), new("Access:KeysInterval", "00:00:00.200"), .. _settings,
        ]);
        await Eventually.TrueAsync(async () => (await Stranger.GetAsync("/health/ready")).IsSuccessStatusCode, "the platform is ready");
    }

    public async Task DisposeAsync()
    {
        foreach (var client in _clients.Values) client.Dispose();
        await _host.DisposeAsync();
    }

    /// <summary>A client with a key, or a token, as bearer.</summary>
    public HttpClient With(string key) => _clients.GetOrAdd(key, _ => new HttpClient
    {
        BaseAddress = _address, Timeout = Eventually.Patience, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    });

    /// <summary>A client with a new key, which works everywhere already.</summary>
    public async Task<(HttpClient Http, string Id)> HolderAsync(string name, params object[] permissions)
    {
        var created = await CreateAsync(new { name, permissions });
        var http = With((string)created["key"]!);
        await Eventually.TrueAsync(async () => (await http.GetAsync("/v1/models")).StatusCode != HttpStatusCode.Unauthorized, "the key works");
        return (http, (string)created["id"]!);
    }

    public Task<JsonNode> CreateAsync(object key) => Operator.PostAsJsonAsync("/v1/keys", key).JsonAsync(HttpStatusCode.Created);

    private void Add(WebApplicationBuilder builder)
    {
        builder.WebHost.UseUrls(_address.ToString());
        builder.AddPlatformDefaults(StandaloneHost.Name);
        builder.AddRegistry().AddInference().AddMonitor().AddExplainer();
        builder.AddPlatformMessaging(RegistryService.Messaging, InferenceService.Messaging, MonitorService.Messaging, ExplainerService.Messaging);
        builder.Services.AddWebConsole();
    }
}
