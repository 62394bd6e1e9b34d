using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.Contracts.Monitor;
using Platform.Hosting;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Hosting.PredictionLog;
using Platform.TestKit;

namespace Platform.Monitor.Tests;

/// <summary>The monitor alone in a process, beside a stub of the registry, with somebody who listens to its events.</summary>
internal sealed class MonitorHost : IAsyncDisposable
{
    private readonly TestHost _host;

    private MonitorHost(TestHost host, Heard events) => (_host, Events) = (host, events);

    public HttpClient Http => _host.Http;

    public IServiceProvider Services => _host.App.Services;

    /// <summary>What the monitor has published.</summary>
    public Heard Events { get; }

    /// <summary>Small, quick windows unless the settings say otherwise.</summary>
    public static async Task<MonitorHost> StartAsync(
        StubRegistry registry, string? folder = null, params (string Key, string Value)[] settings)
    {
        var events = new Heard();
        var host = await TestHost.StartAsync(
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(Settings(registry, folder, settings));
                builder.WebHost.ConfigureKestrel(server => server.Limits.MinRequestBodyDataRate = null); // slow senders are the service's own affair
                builder.AddPlatformDefaults(MonitorService.Name);
                builder.Services.AddSingleton(events);
                builder.AddMonitor();
                builder.Services.AddPredictionLogWriter(); // to write what inference would
                builder.AddPlatformMessaging(MonitorService.Messaging, new ServiceMessaging("listener", Listen));
            },
            app =>
            {
                app.MapPlatformDefaults();
                app.MapMonitor();
            });
        var monitor = new MonitorHost(host, events);
        await Eventually.TrueAsync(monitor.IsReadyAsync, "the monitor became ready");
        return monitor;
    }

    /// <summary>Appends a record to the prediction log, as inference does.</summary>
    public void Log(PredictionLogged record) => _host.App.Services.GetRequiredService<IPredictionLogWriter>()
        .Append(JsonSerializer.SerializeToUtf8Bytes(record, PlatformJson.Tolerant));

    /// <summary>Appends any bytes to the prediction log.</summary>
    public void Log(ReadOnlySpan<byte> record) => _host.App.Services.GetRequiredService<IPredictionLogWriter>().Append(record);

    /// <summary>Posts JSON as somebody.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, string body, string by)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { { Actors.Header, by } },
        };
        return await Http.SendAsync(request);
    }

    /// <summary>What the monitoring route answers; everything that it knows unless the query asks for less.</summary>
    public Task<JsonNode> MonitoringAsync(string model, string query = "") => Http.GetAsync(
        $"/v1/models/{model}/monitoring{(query.Length == 0 ? "?" : $"{query}&")}{(query.Contains("detail=", StringComparison.Ordinal) ? "" : "detail=full")}").JsonAsync();

    /// <summary>The answer of the monitoring route once it has so many closed windows.</summary>
    public Task<JsonNode> WindowsAsync(string model, int atLeast, string query = "") => Eventually.ValueAsync(
        async () =>
        {
            var answer = await MonitoringAsync(model, query);
            return answer["windows"]!.AsArray().Count >= atLeast ? answer : null;
        },
        $"{model} had {atLeast} windows");

    public async Task<IReadOnlyList<JsonNode>> AlertsAsync(string query = "") =>
        [.. (await Http.GetAsync($"/v1/alerts{query}").JsonAsync())["items"]!.AsArray().OfType<JsonNode>()];

    /// <summary>The alert of a rule, once it is active.</summary>
    public Task<JsonNode> AlertAsync(string rule) => Eventually.ValueAsync(
        async () => (await AlertsAsync("?state=active")).FirstOrDefault(alert => alert["ruleId"]!.GetValue<string>() == rule),
        $"an alert of {rule}");

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static Dictionary<string, string?> Settings(StubRegistry registry, string? folder, (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Registry:Address"] = registry.Address.ToString(),
            ["Registry:ReconcileInterval"] = "00:00:00.200",
            ["Logging:LogLevel:Default"] = "None",
            ["PredictionLog:CommitInterval"] = "00:00:00.010",
            ["Monitor:GroundTruth:CatchUp"] = "00:00:00.500",
            ["Monitor:Predictions:PredictionPatience"] = "00:00:10", // the machine may be busy
            ["Monitor:Windows:Size"] = "100",
            ["Monitor:Windows:MinRows"] = "20",
            ["Monitor:Windows:MaxRows"] = "100",
            ["Monitor:Windows:MinAge"] = "00:00:00",
            ["Monitor:Windows:MaxAge"] = "00:05:00",
            ["Monitor:Windows:Tick"] = "00:00:00.050",
            ["Monitor:Routes:Interval"] = "00:00:00.100",
        };
        if (folder is not null)
            all["Storage:Directory"] = folder;
        foreach (var (key, value) in settings)
            all[key] = value;
        return all;
    }

    private static void Listen(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<Listener>();
    }

    private async Task<bool> IsReadyAsync()
    {
        using var response = await Http.GetAsync("/health/ready");
        return response.IsSuccessStatusCode;
    }

    internal sealed class Heard
    {
        private readonly ConcurrentQueue<object> _events = [];

        public IEnumerable<T> Of<T>() => _events.OfType<T>();

        public void Add(object message) => _events.Enqueue(message);
    }

    internal sealed class Listener(Heard heard) :
        IConsumer<DriftDetected>, IConsumer<PerformanceDegraded>, IConsumer<AlertRaised>, IConsumer<AlertResolved>,
        IConsumer<RoutesCounted>
    {
        public Task Consume(ConsumeContext<DriftDetected> context) => Hear(context.Message);

        public Task Consume(ConsumeContext<PerformanceDegraded> context) => Hear(context.Message);

        public Task Consume(ConsumeContext<AlertRaised> context) => Hear(context.Message);

        public Task Consume(ConsumeContext<AlertResolved> context) => Hear(context.Message);

        public Task Consume(ConsumeContext<RoutesCounted> context) => Hear(context.Message);

        private Task Hear(object message)
        {
            heard.Add(message);
            return Task.CompletedTask;
        }
    }
}
