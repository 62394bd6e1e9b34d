using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Http;
using Platform.Hosting.Telemetry;

namespace Platform.Hosting.Tests.Telemetry;

[Collection(nameof(RequestTracingTests))]
public sealed class MetricsTests : IAsyncLifetime
{
    private const string PerVersion = "platform.per_version";

    private readonly WebApplication _app;
    private readonly Meter _meter = new("Platform.MetricsTests");
    private readonly HttpClient _http = new();

    public MetricsTests()
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.AskNobody();
        builder.AddPlatformDefaults("test");
        builder.Logging.ClearProviders();
        builder.Services.AddVersionSeries(perVersion: 2, PerVersion);
        _app = builder.Build();
        _app.MapPlatformDefaults();
        _app.MapGet("/large", () => TypedResults.Ok(Enumerable.Range(0, 10_000))).WithSummary("Lists numbers.");
        _app.MapGet("/small", () => TypedResults.Text("small")).WithSummary("Says little.");
        _app.MapGet("/own", () => TypedResults.Ok(Enumerable.Range(0, 10_000))).WithSummary("Sees to it itself.").WithoutCompression();
    }

    public async Task InitializeAsync()
    {
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        _meter.Dispose();
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task OpenMetrics_are_there_for_who_asks_for_them()
    {
        _meter.CreateCounter<long>("platform.open", "{thing}", "Things.").Add(3);

        using var response = await AskAsync("/metrics", accept: "application/openmetrics-text;version=1.0.0");
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal("application/openmetrics-text", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("# TYPE platform_open counter\n", text);
        Assert.Contains("platform_open_total{} 3\n", text);
        Assert.EndsWith("# EOF\n", text);
    }

    [Fact]
    public async Task A_measurement_names_the_trace_that_it_was_made_in_where_traces_are_sent()
    {
        await using var app = await TracedApp.StartAsync(("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:PORT"));
        var trace = await app.AskAsync("/things/1");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "Accept", "application/openmetrics-text;version=1.0.0" } } };
        using var response = await app.Http.SendAsync(request);

        Assert.Matches($"http_server_request_duration_seconds_bucket.+ # .+trace_id=\"{trace}\"", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Every_histogram_of_seconds_tells_a_hundredth_of_a_second_from_a_second()
    {
        _meter.CreateHistogram<double>("platform.unbounded", "s", "Without boundaries of its own.").Record(0.05);
        await _http.GetStringAsync("/health/live");

        var bounds = (await _http.GetStringAsync("/metrics")).Split('\n')
            .Where(line => line.Contains("_seconds_bucket{", StringComparison.Ordinal))
            .GroupBy(line => line[..line.IndexOf("_bucket", StringComparison.Ordinal)], line => line.Split("le=\"")[1].Split('"')[0])
            .ToDictionary(series => series.Key, series => series.Where(bound => bound != "+Inf").Select(double.Parse).Distinct().ToArray());

        Assert.Contains("platform_unbounded_seconds", bounds.Keys);
        Assert.Contains("http_server_request_duration_seconds", bounds.Keys);
        Assert.All(bounds, series => Assert.True(series.Value.Count(bound => bound is >= 0.01 and < 1) >= 3, $"{series.Key}: {string.Join(' ', series.Value)}"));
    }

    [Fact]
    public async Task Ten_thousand_versions_keep_their_names()
    {
        var counter = _meter.CreateCounter<long>(PerVersion);
        for (var version = 0; version < VersionSeries.Versions; version++)
            foreach (var outcome in (string[])["good", "bad"])
                counter.Add(1, new("model", "m"), new("version", $"{version}"), new("outcome", outcome));

        var lines = (await _http.GetStringAsync("/metrics")).Split('\n').Where(line => line.StartsWith("platform_per_version_total", StringComparison.Ordinal)).ToList();

        Assert.Equal(2 * VersionSeries.Versions, lines.Count);
        Assert.All(lines, line => Assert.Contains("version=\"", line));
    }

    [Fact]
    public async Task An_observed_series_ends_with_what_it_was_observed_of()
    {
        var versions = new[] { "1", "2" };
        _meter.CreateObservableGauge("platform.observed", () => versions.Select(version => new Measurement<int>(1, new KeyValuePair<string, object?>("version", version))));
        Assert.Contains("platform_observed{version=\"1\"} 1", await _http.GetStringAsync("/metrics"));

        versions = ["2"];
        var after = await _http.GetStringAsync("/metrics");

        Assert.DoesNotContain("platform_observed{version=\"1\"}", after);
        Assert.Contains("platform_observed{version=\"2\"} 1", after);
    }

    [Theory]
    [InlineData("/large", "gzip", "gzip")]
    [InlineData("/large", "br", "br")]
    [InlineData("/large", "gzip, br", "br")]
    [InlineData("/large", "identity", null)]
    [InlineData("/small", "gzip, br", null)]
    [InlineData("/own", "gzip, br", null)]
    [InlineData("/metrics", "gzip", "gzip")]
    [InlineData("/metrics", "br", "br")]
    public async Task Large_answers_are_compressed_for_who_takes_that(string path, string takes, string? coding)
    {
        using var response = await AskAsync(path, encoding: takes);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(coding, response.Content.Headers.ContentEncoding.SingleOrDefault());
    }

    [Fact]
    public async Task A_compressed_answer_is_the_same()
    {
        using var taking = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = _http.BaseAddress };

        Assert.Equal(await _http.GetStringAsync("/large"), await taking.GetStringAsync("/large"));
    }

    private Task<HttpResponseMessage> AskAsync(string path, string? accept = null, string? encoding = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        foreach (var coding in encoding?.Split(", ") ?? []) request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(coding));
        return _http.SendAsync(request);
    }
}
