using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.TestKit;
using Platform.TestKit.Observability;

namespace Platform.Hosting.Tests.Telemetry;

/// <summary>An application with the platform's defaults that sends its traces to a collector.</summary>
internal sealed class TracedApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TracedApp(WebApplication app, Collector collector) => (_app, Collector) = (app, collector);

    public Collector Collector { get; }

    /// <summary>Adds no span of its own to what it asks.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { ActivityHeadersPropagator = null });

    /// <summary>Starts it with settings in which PORT stands for the collector's.</summary>
    public static async Task<TracedApp> StartAsync(params (string Name, string Value)[] settings)
    {
        var collector = await Collector.StartAsync();
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.AskNobody();
        builder.Configuration["OTEL_BSP_SCHEDULE_DELAY"] = "100"; // milliseconds
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(
            setting.Name, (string?)setting.Value.Replace("PORT", $"{collector.Port}", StringComparison.Ordinal))));
        builder.AddPlatformDefaults("test");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPlatformDefaults();
        app.MapGet("/things/{id}", (string id) => TypedResults.Ok(id)).WithSummary("Finds a thing.");
        app.MapGet("/broken", string () => throw new InvalidOperationException("secret")).WithSummary("Breaks.");
        await app.StartAsync();
        var traced = new TracedApp(app, collector);
        traced.Http.BaseAddress = new Uri(app.Urls.Single());
        return traced;
    }

    /// <summary>Asks for a path in a trace that the caller has chosen to follow; the trace's id.</summary>
    public async Task<string> AskAsync(string path)
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var response = await Http.SendAsync(request);
        return trace;
    }

    /// <summary>The one span of a trace, once it has come in.</summary>
    public Task<TraceSpan> SpanOfAsync(string trace) =>
        Eventually.ValueAsync(() => Task.FromResult(Collector.SpansOf(trace).SingleOrDefault()), $"the span of {trace} came in");

    /// <summary>Ends the application, which sends what is left.</summary>
    public async Task EndAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await Collector.DisposeAsync();
    }
}
