using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Hosting.PredictionLog;
using Platform.Inference.Models;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.Inference.Tests;

/// <summary>The service alone on a real server, with a registry that says what the test wants.</summary>
internal sealed class InferenceHost : IAsyncDisposable
{
    private static readonly TimeSpan MaxRunTime = TimeSpan.FromHours(1);

    private readonly TestHost _host;
    private readonly SkippingTime _time;

    private InferenceHost(StubRegistry registry, TestHost host, SkippingTime time)
    {
        Registry = registry;
        _host = host;
        _time = time;
        Models = Services.GetRequiredService<ModelTable>();
    }

    public StubRegistry Registry { get; }

    public HttpClient Http => _host.Http;

    public IServiceProvider Services => _host.App.Services;

    public ModelTable Models { get; }

    public static Task<InferenceHost> StartAsync(Action<StubRegistry> deploy, params KeyValuePair<string, string?>[] settings) =>
        StartAsync(TestHost.StartAsync, deploy, settings);

    /// <summary>The same, with parts of the test's own.</summary>
    public static Task<InferenceHost> StartWithAsync(
        Action<IServiceCollection> add, Action<StubRegistry> deploy, params KeyValuePair<string, string?>[] settings) =>
        StartAsync(TestHost.StartAsync, deploy, settings, add);

    /// <summary>The same, of one that asks everybody for a key.</summary>
    public static Task<InferenceHost> StartAskingAsync(Action<StubRegistry> deploy, params KeyValuePair<string, string?>[] settings) =>
        StartAsync(TestHost.StartAskingAsync, deploy, [.. TestKey.Settings, .. settings]);

    private static async Task<InferenceHost> StartAsync(
        Func<Action<WebApplicationBuilder>, Action<WebApplication>, IReadOnlyList<KeyValuePair<string, string?>>, Task<TestHost>> start,
        Action<StubRegistry> deploy, KeyValuePair<string, string?>[] settings, Action<IServiceCollection>? add = null)
    {
        var registry = await StubRegistry.StartAsync();
        deploy(registry);
        var time = new SkippingTime();
        var host = await start(
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(time);
                builder.AddPlatformDefaults(InferenceService.Name);
                builder.AddInference();
                builder.Services.AddPredictionLogReader(); // to see what inference wrote
                builder.AddPlatformMessaging(InferenceService.Messaging);
                add?.Invoke(builder.Services);
            },
            app =>
            {
                app.MapPlatformDefaults();
                app.MapInference();
            },
            [new("Registry:Address", registry.Address.ToString()), new("Inference:Batching:MaxRunTime", MaxRunTime.ToString()), .. settings]);
        var inference = new InferenceHost(registry, host, time);
        await inference.Services.GetRequiredService<DeploymentSync>().FirstPass.PatientlyAsync();
        return inference;
    }

    /// <summary>Tells the service, as an event would, that the registry has changed.</summary>
    public void Signal() => Services.GetRequiredService<DeploymentSync>().Signal();

    public async Task SwitchAsync(string model, string version)
    {
        Signal();
        await Eventually.TrueAsync(() => Models.FindSlot(model, null)?.Version == version,
            $"{model} serves version {version}");
    }

    /// <summary>Waits until so many models' runs are under way.</summary>
    public Task UntilRunningAsync(int runs = 1) =>
        Eventually.TrueAsync(() => Models.Loaded.Sum(version => version.Batcher.Running) == runs, $"{runs} runs are under way");

    /// <summary>For runs that only their time limit ends: waits until so many have begun, then lets their time be up.</summary>
    public async Task EndRunsAsync(int runs = 1)
    {
        await UntilRunningAsync(runs);
        _time.Skip(2 * MaxRunTime);
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
        using var deadline = new CancellationTokenSource(Eventually.Patience);
        var records = new List<PredictionLogged>();
        await foreach (var batch in Services.GetRequiredService<IPredictionLogReader>().ReadAsync("test", LogPosition.Beginning, deadline.Token))
        {
            records.AddRange(batch.Entries.Select(entry => entry.Record));
            if (complete(records)) break;
        }

        return records;
    }

    /// <summary>The first record of the prediction log as it is written.</summary>
    public async Task<string> ReadFirstRecordAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.Patience);
        var log = Services.GetRequiredService<IPredictionLogReader>().ReadAsync("test", LogPosition.Beginning, deadline.Token);
        await foreach (var batch in log)
        {
            if (batch.Entries is [var first, ..]) return Encoding.UTF8.GetString(first.Json.Span);
        }

        throw new InvalidOperationException("The log has ended without a record.");
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

    /// <summary>Runs without end are broken off too: they would take the processor from the tests that follow.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Eventually.TrueAsync(EndsRuns, "every run has ended");
        await Registry.DisposeAsync();
    }

    private bool EndsRuns()
    {
        _time.Skip(2 * MaxRunTime);
        return Models.Loaded.All(version => version.Batcher is { Waiting: 0, Running: 0 });
    }
}
