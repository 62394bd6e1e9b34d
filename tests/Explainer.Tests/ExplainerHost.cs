using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Contracts.Inference;
using Platform.Hosting;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Index;
using Platform.TestKit;

namespace Platform.Explainer.Tests;

/// <summary>The explainer alone on a real port, with a stub in place of the registry.</summary>
internal sealed class ExplainerHost : IAsyncDisposable
{
    private ExplainerHost(TestHost host, StubRegistry registry) => (Host, Registry) = (host, registry);

    public TestHost Host { get; }

    public StubRegistry Registry { get; }

    public HttpClient Http => Host.Http;

    public static Task<ExplainerHost> StartAsync(params (string Key, string Value)[] settings) =>
        StartAsync(null, settings);

    public static async Task<ExplainerHost> StartAsync(StubRegistry? registry, params (string Key, string Value)[] settings)
    {
        registry ??= await StubRegistry.StartAsync();
        var all = new Dictionary<string, string?>
        {
            ["Registry:Address"] = registry.Address.ToString(),
            ["Explainer:PredictionPatience"] = "00:00:10", // the machine may be busy; what is known to be unknown says so by a shorter one
        };
        foreach (var (key, value) in settings)
            all[key] = value;
        return new ExplainerHost(await TestHost.StartAsync(Add, app => app.MapPlatformDefaults().MapExplainer(), [.. all]), registry);
    }

    /// <summary>Asks for an explanation; the body is JSON text.</summary>
    public Task<HttpResponseMessage> PostAsync(string model, string body, CancellationToken cancellationToken = default) => Http.PostAsync(
        $"/v1/models/{model}/explanations", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), cancellationToken);

    public Task<JsonNode> ExplainAsync(string model, string body) => PostAsync(model, body).JsonAsync();

    public Task<JsonNode> ExplainAsync(string model, object body) =>
        Http.PostAsJsonAsync($"/v1/models/{model}/explanations", body, PlatformJson.Tolerant).JsonAsync();

    /// <summary>Puts a prediction into the prediction log, as inference does, and waits until the explainer has read it.</summary>
    public Task LogAsync(string model, string id, PredictionData data)
    {
        Host.App.Services.GetRequiredService<IPredictionLogWriter>().Append(JsonSerializer.SerializeToUtf8Bytes(
            new PredictionLogged { Id = id, Subject = model, Data = data }, PlatformJson.Tolerant));
        return UntilIndexedAsync(id);
    }

    public Task UntilIndexedAsync(string id) => Eventually.TrueAsync(
        () => Host.App.Services.GetRequiredService<PredictionIndex>().Find(id) is not null, $"the explainer has read prediction {id}");

    private static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddPredictionLogWriter(); // to write what inference would
        builder.AddPlatformDefaults(ExplainerService.Name).AddExplainer().AddPlatformMessaging(ExplainerService.Messaging);
        builder.Logging.ClearProviders();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Registry.DisposeAsync();
    }
}
