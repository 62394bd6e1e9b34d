using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Hosting.PredictionLog;
using Platform.Inference.Models;
using Platform.TestKit;

namespace Platform.Inference.Tests;

/// <summary>The service alone on a real server, with a registry that says what the test wants.</summary>
internal sealed class InferenceHost : IAsyncDisposable
{
    private readonly TestHost _host;

    private InferenceHost(StubRegistry registry, TestHost host) => (Registry, _host) = (registry, host);

    public StubRegistry Registry { get; }

    public HttpClient Http => _host.Http;

    public IServiceProvider Services => _host.App.Services;

    public static async Task<InferenceHost> StartAsync(Action<StubRegistry> deploy, params KeyValuePair<string, string?>[] settings)
    {
        var registry = await StubRegistry.StartAsync();
        deploy(registry);
        var host = await TestHost.StartAsync(
            builder =>
            {
                builder.AddPlatformDefaults(InferenceService.Name);
                builder.AddInference();
                builder.Services.AddPredictionLogReader(); // to see what inference wrote
                builder.AddPlatformMessaging(InferenceService.Messaging);
            },
            app =>
            {
                app.MapPlatformDefaults();
                app.MapInference();
            },
            [new("Registry:Address", registry.Address.ToString()), .. settings]);
        var inference = new InferenceHost(registry, host);
        await inference.Services.GetRequiredService<DeploymentSync>().FirstPass.WaitAsync(TimeSpan.FromSeconds(30));
        return inference;
    }

    /// <summary>Tells the service, as an event would, that the registry has changed.</summary>
    public void Signal() => Services.GetRequiredService<DeploymentSync>().Signal();

    public async Task SwitchAsync(string model, string version)
    {
        Signal();
        await Eventually.TrueAsync(() => Services.GetRequiredService<ModelTable>().FindSlot(model, null)?.Version == version,
            $"{model} serves version {version}");
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body) =>
        Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

    public Task<JsonNode> InferAsync(string model, string body, HttpStatusCode expected = HttpStatusCode.OK) =>
        PostAsync($"/v2/models/{model}/infer", body).JsonAsync(expected);

    /// <summary>The first <paramref name="count"/> records of the prediction log.</summary>
    public Task<List<PredictionLogged>> ReadLogAsync(int count) => ReadLogAsync(records => records.Count >= count);

    /// <summary>The records of the prediction log, until they are all that the test waits for.</summary>
    public async Task<List<PredictionLogged>> ReadLogAsync(Predicate<List<PredictionLogged>> complete)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var records = new List<PredictionLogged>();
        await foreach (var batch in Services.GetRequiredService<IPredictionLogReader>().ReadAsync("test", LogPosition.Beginning, deadline.Token))
        {
            records.AddRange(batch.Entries.Select(entry => entry.Record));
            if (complete(records)) break;
        }

        return records;
    }

    /// <summary>Collects what the service publishes from now on.</summary>
    public async Task<List<T>> HearAsync<T>() where T : class
    {
        var heard = new List<T>();
        var endpoint = Services.GetRequiredService<IBus>().ConnectReceiveEndpoint(endpoint => endpoint.Handler<T>(context =>
        {
            lock (heard) heard.Add(context.Message);
            return Task.CompletedTask;
        }));
        await endpoint.Ready;
        return heard;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Registry.DisposeAsync();
    }
}
