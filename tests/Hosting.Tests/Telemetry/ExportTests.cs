using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;
using Platform.Hosting.Telemetry;

namespace Platform.Hosting.Tests.Telemetry;

[Collection(nameof(RequestTracingTests))]
public sealed class ExportTests
{
    private const string Address = "http://collector:4317";

    [Theory]
    [InlineData("", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317", true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://collector:4317", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://collector:4317", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317 OTEL_TRACES_EXPORTER=none", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317 OTEL_METRICS_EXPORTER=none", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317 OTEL_METRICS_EXPORTER=prometheus", true, false)]
    [InlineData("OTEL_TRACES_EXPORTER=otlp OTEL_METRICS_EXPORTER=otlp,prometheus", true, true)]
    public void The_variables_say_what_is_sent(string variables, bool traces, bool metrics)
    {
        var export = Export.Read(Configuration(variables));

        Assert.Equal((traces, metrics), (export.Traces, export.Metrics));
    }

    [Theory]
    [InlineData("OTEL_TRACES_EXPORTER=jaeger", "OTEL_TRACES_EXPORTER is 'jaeger'; it takes otlp, none.")]
    [InlineData("OTEL_METRICS_EXPORTER=otlp,statsd", "OTEL_METRICS_EXPORTER is 'statsd'; it takes otlp, prometheus, none.")]
    public void An_exporter_that_is_none_is_refused(string variables, string because) =>
        Assert.Equal(because, Assert.Throws<InvalidOperationException>(() => Export.Read(Configuration(variables))).Message);

    [Fact]
    public void The_variables_of_a_signal_go_before_those_for_all()
    {
        var export = Export.Read(Configuration(
            $"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT={Address}/v1/traces OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf OTEL_EXPORTER_OTLP_TRACES_HEADERS=key=1 OTEL_EXPORTER_OTLP_TRACES_TIMEOUT=500"));
        var (traces, metrics) = (new OtlpExporterOptions(), new OtlpExporterOptions());
        export.Configure(traces, Export.TracesSignal);
        export.Configure(metrics, Export.MetricsSignal);

        Assert.Equal((new Uri($"{Address}/v1/traces"), OtlpExportProtocol.HttpProtobuf, "key=1", 500),
            (traces.Endpoint, traces.Protocol, traces.Headers, traces.TimeoutMilliseconds));
        Assert.Equal(new OtlpExporterOptions().Endpoint, metrics.Endpoint);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=collector")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=pigeon")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT=soon")]
    public void A_value_that_cannot_be_is_refused_by_name(string variables)
    {
        var export = Export.Read(Configuration(variables));

        var refused = Assert.Throws<InvalidOperationException>(() => export.Configure(new OtlpExporterOptions(), Export.TracesSignal));

        Assert.StartsWith(variables.Split('=')[0], refused.Message);
    }

    [Fact]
    public async Task Traces_go_where_their_own_variable_says()
    {
        await using var app = await TracedApp.StartAsync(("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:PORT"));
        var trace = await app.AskAsync("/things/1");

        await app.SpanOfAsync(trace);
        Assert.All(app.Collector.Received, call => Assert.Equal("/opentelemetry.proto.collector.trace.v1.TraceService/Export", call.Method));
    }

    [Theory]
    [InlineData("OTEL_TRACES_EXPORTER", "none")]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    [InlineData("OTEL_TRACES_SAMPLER", "always_off")]
    public async Task Nothing_is_sent_where_the_operator_says_so(string variable, string value)
    {
        await using var app = await TracedApp.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:PORT"), ("OTEL_METRICS_EXPORTER", "none"), (variable, value));
        await app.AskAsync("/things/1");
        using var metrics = await app.Http.GetAsync("/metrics");

        await app.EndAsync();

        Assert.True(metrics.IsSuccessStatusCode);
        Assert.Empty(app.Collector.Received);
    }

    private static IConfiguration Configuration(string variables) => new ConfigurationBuilder().AddInMemoryCollection(
        variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]))).Build();
}
