using System.Reflection;
using Platform.Hosting.Defaults;

namespace Platform.Hosting.Tests.Telemetry;

/// <summary>Alone, because tracers of one process hear each other's requests.</summary>
[CollectionDefinition(nameof(RequestTracingTests), DisableParallelization = true)]
[Collection(nameof(RequestTracingTests))]
public sealed class RequestTracingTests
{
    private static readonly (string, string) Endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:PORT");
    private static readonly (string, string) OnlyTraces = ("OTEL_METRICS_EXPORTER", "none");

    [Fact]
    public async Task A_request_has_a_span_with_the_attributes_of_the_conventions()
    {
        await using var app = await TracedApp.StartAsync(Endpoint, OnlyTraces);
        var trace = await app.AskAsync("/things/7?secret=no");

        var span = await app.SpanOfAsync(trace);

        Assert.Equal("GET /things/{id}", span.Name);
        Assert.Equal("GET", span.Attributes["http.request.method"]);
        Assert.Equal("/things/{id}", span.Attributes["http.route"]);
        Assert.Equal("200", span.Attributes["http.response.status_code"]);
        Assert.Equal("/things/7", span.Attributes["url.path"]);
        Assert.Equal("http", span.Attributes["url.scheme"]);
        Assert.Equal("127.0.0.1", span.Attributes["server.address"]);
        Assert.DoesNotContain(span.Attributes, attribute => attribute.Value.Contains("secret=no", StringComparison.Ordinal));
        Assert.False(span.IsError);
    }

    [Fact]
    public async Task A_path_without_a_route_has_a_span_with_its_status_and_is_no_error_of_the_server()
    {
        await using var app = await TracedApp.StartAsync(Endpoint, OnlyTraces);
        var trace = await app.AskAsync("/nowhere");

        var span = await app.SpanOfAsync(trace);

        Assert.Equal("GET", span.Name);
        Assert.Equal("404", span.Attributes["http.response.status_code"]);
        Assert.Equal("/nowhere", span.Attributes["url.path"]);
        Assert.False(span.IsError);
    }

    [Fact]
    public async Task A_request_that_breaks_has_a_span_that_says_so()
    {
        await using var app = await TracedApp.StartAsync(Endpoint, OnlyTraces);
        var trace = await app.AskAsync("/broken");

        var span = await app.SpanOfAsync(trace);

        Assert.Equal("500", span.Attributes["http.response.status_code"]);
        Assert.NotEmpty(span.Attributes["error.type"]);
        Assert.True(span.IsError);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    public async Task What_orchestrators_and_Prometheus_ask_has_no_span(string path)
    {
        await using var app = await TracedApp.StartAsync(Endpoint, OnlyTraces);
        var left = await app.AskAsync(path);
        var traced = await app.AskAsync("/things/1");

        await app.SpanOfAsync(traced); // which is sent after it, or with it

        Assert.Empty(app.Collector.SpansOf(left));
    }

    [Fact]
    public async Task The_resource_says_the_service_and_its_version()
    {
        await using var app = await TracedApp.StartAsync(Endpoint, OnlyTraces);
        var trace = await app.AskAsync("/things/1");

        var resource = (await app.SpanOfAsync(trace)).Resource;

        var version = typeof(PlatformDefaults).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        Assert.Equal(("test", "platform", version), (resource["service.name"], resource["service.namespace"], resource["service.version"]));
        Assert.NotEmpty(resource["service.instance.id"]);
    }

    [Fact]
    public async Task An_operator_names_the_service_and_adds_to_its_resource()
    {
        await using var app = await TracedApp.StartAsync(
            Endpoint, OnlyTraces, ("OTEL_SERVICE_NAME", "scoring"), ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=east,service.version=9"));
        var trace = await app.AskAsync("/things/1");

        var resource = (await app.SpanOfAsync(trace)).Resource;

        Assert.Equal(("scoring", "east", "9"), (resource["service.name"], resource["deployment.environment.name"], resource["service.version"]));
    }
}
