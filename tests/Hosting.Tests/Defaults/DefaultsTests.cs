using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.Management;

namespace Platform.Hosting.Tests.Defaults;

public sealed class DefaultsTests : IAsyncLifetime
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private string? _waitingFor;
    private string? _degraded;

    public DefaultsTests() => _app = Build(() => _waitingFor, () => _degraded);

    private sealed record Body(string Name, int Count);

    public async Task InitializeAsync()
    {
        Configure();
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Every_response_says_its_request_id()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live") { Headers = { { "x-request-id", "abc-1" } } };

        Assert.Equal("abc-1", Header(await _http.SendAsync(request), "x-request-id"));
        Assert.NotEmpty(Header(await _http.GetAsync("/nowhere"), "x-request-id"));
    }

    [Fact]
    public async Task A_request_id_that_is_not_well_formed_is_replaced()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live") { Headers = { { "x-request-id", "has space" } } };

        Assert.NotEqual("has space", Header(await _http.SendAsync(request), "x-request-id"));
    }

    [Theory]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound, "route.not_found")]
    [InlineData("DELETE", "/things", HttpStatusCode.MethodNotAllowed, "route.method_not_allowed")]
    [InlineData("GET", "/refused", HttpStatusCode.Conflict, "thing.exists")]
    [InlineData("GET", "/broken", HttpStatusCode.InternalServerError, "internal")]
    [InlineData("POST", "/things", HttpStatusCode.BadRequest, "request.invalid")]
    public async Task A_refusal_is_a_problem_with_code_and_trace_id(string method, string path, HttpStatusCode status, string code)
    {
        var response = await _http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        var problem = await ReadAsync(response);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        Assert.NotEmpty(Header(response, "x-request-id"));
    }

    [Theory]
    [InlineData("{\"name\":\"a\",\"count\":1,\"colour\":\"red\"}", "colour: There is no such field.")]
    [InlineData("{\"name\":\"a\",\"count\":\"one\"}", "count: This value has the wrong type.")]
    [InlineData("{\"name\":\n", "(line 2, byte 1)")]
    [InlineData("[]", "body: This value has the wrong type.")]
    [InlineData("", "body: A JSON value other than null is needed.")]
    [InlineData("null", "body: A JSON value other than null is needed.")]
    public async Task A_body_of_the_wrong_form_is_a_400_that_says_where(string body, string mentions)
    {
        var response = await _http.PostAsync("/things", new StringContent(body, Encoding.UTF8, "application/json"));

        var problem = await ReadAsync(response);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("request.invalid", problem.GetProperty("code").GetString());
        Assert.Contains(mentions, problem.GetProperty("detail").GetString());
        Assert.DoesNotContain("Platform.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_body_that_is_missing_is_told_in_our_words()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/things");

        var problem = await ReadAsync(await _http.SendAsync(request));

        Assert.Equal("body: A JSON value other than null is needed.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_body_of_another_media_type_is_told_in_our_words()
    {
        var response = await _http.PostAsync("/things", new StringContent("{}", Encoding.UTF8, "text/plain"));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("request.media_type", (await ReadAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_parameter_that_is_missing_is_named_without_its_type()
    {
        var response = await _http.GetAsync("/needy");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("limit: is missing.", (await ReadAsync(response)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_told_in_our_words_with_the_request_id()
    {
        using var body = new ByteArrayContent(new byte[1001]) { Headers = { ContentType = new("application/json") } };

        var response = await _http.PostAsync("/small", body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.NotEmpty(Header(response, "x-request-id"));
        var problem = await ReadAsync(response);
        Assert.Equal("request.too_large", problem.GetProperty("code").GetString());
        Assert.Equal("The body is larger than the 1000 bytes that are taken here.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_byte_order_mark_before_JSON_is_skipped()
    {
        using var body = new ByteArrayContent([0xEF, 0xBB, 0xBF, .. "{\"name\":\"a\",\"count\":1}"u8]) { Headers = { ContentType = new("application/json") } };

        Assert.Equal(HttpStatusCode.OK, (await _http.PostAsync("/things", body)).StatusCode);
    }

    [Fact]
    public async Task A_parameter_that_cannot_be_read_is_named_without_its_type()
    {
        var response = await _http.GetAsync("/many?limit=ten");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("limit: 'ten' cannot be read.", (await ReadAsync(response)).GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { (byte)'\\', (byte)'u', (byte)'d', (byte)'8', (byte)'0', (byte)'0' })] // half of a pair
    public async Task Text_that_is_not_UTF_8_is_the_callers_mistake_wherever_it_is_read(byte[] text)
    {
        using var body = new ByteArrayContent([.. "{\"text\":\""u8, .. text, .. "\"}"u8]) { Headers = { ContentType = new("application/json") } };

        var response = await _http.PostAsync("/lazy", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("request.invalid", (await ReadAsync(response)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("klingon")]
    [InlineData("utf-7")]
    public async Task A_charset_that_nobody_knows_is_the_callers_mistake(string charset)
    {
        using var body = new ByteArrayContent([.. "{}"u8]);
        body.Headers.TryAddWithoutValidation("content-type", $"application/json; charset={charset}");

        var response = await _http.PostAsync("/things", body);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("request.media_type", (await ReadAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_surface_of_its_own_gets_errors_in_its_own_form()
    {
        var response = await _http.GetAsync("/v2/nowhere");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("There is nothing at /v2/nowhere.", (await ReadAsync(response)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Readiness_names_what_it_waits_for()
    {
        _waitingFor = "models";
        var waiting = await _http.GetAsync("/health/ready");
        _waitingFor = null;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, waiting.StatusCode);
        Assert.Equal("models", (await ReadAsync(waiting)).GetProperty("waitingFor").GetProperty("test").GetString());
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task Readiness_tells_what_is_degraded_and_stays()
    {
        _degraded = "an event waits";
        var degraded = await _http.GetAsync("/health/ready");
        _degraded = null;

        Assert.Equal(HttpStatusCode.OK, degraded.StatusCode);
        Assert.Equal("""{"ready":true,"waitingFor":{},"degraded":{"test events":"an event waits"}}""", JsonSerializer.Serialize(await ReadAsync(degraded)));
        Assert.Equal("{}", (await ReadAsync(await _http.GetAsync("/health/ready"))).GetProperty("degraded").GetRawText());
    }

    [Fact]
    public async Task Metrics_are_in_Prometheus_text_form()
    {
        using var meter = new Meter("Platform.Test");
        meter.CreateCounter<long>("platform.things", "{thing}", "Things seen.").Add(3, new KeyValuePair<string, object?>("kind", "a\"b"));
        meter.CreateHistogram<double>("platform.wait", "s", "Waiting.").Record(0.2);

        var text = await _http.GetStringAsync("/metrics");

        Assert.Contains("# TYPE platform_things_total counter\n", text);
        Assert.Contains("# HELP platform_things_total Things seen.\n", text);
        Assert.Contains("platform_things_total{kind=\"a\\\"b\"} 3\n", text);
        Assert.Contains("# TYPE platform_wait_seconds histogram\n", text);
        Assert.Contains("platform_wait_seconds_bucket{le=\"+Inf\"} 1\n", text);
        Assert.Contains("platform_wait_seconds_sum{} 0.2\n", text);
    }

    private static WebApplication Build(Func<string?> waitingFor, Func<string?> degraded)
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.AskNobody();
        builder.AddPlatformDefaults("test");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new ErrorSurface("/v2", error => new { error = error.Detail }));
        builder.Services.AddReadinessCheck("test", _ => waitingFor());
        builder.Services.AddDegradationCheck("test events", _ => degraded());
        return builder.Build();
    }

    private void Configure()
    {
        _app.MapPlatformDefaults();
        _app.MapPost("/things", (Body body) => TypedResults.Ok(body)).WithSummary("Takes a thing.");
        _app.MapPost("/lazy", (JsonElement body) => TypedResults.Ok(body.GetProperty("text").GetString())).WithSummary("Reads late.");
        _app.MapGet("/many", (int? limit) => TypedResults.Ok(limit)).WithSummary("Lists things.");
        _app.MapGet("/needy", (int limit) => TypedResults.Ok(limit)).WithSummary("Needs a number.");
        _app.MapPost("/small", (Body body) => TypedResults.Ok(body)).WithMetadata(new RequestSizeLimitAttribute(1000)).WithSummary("Takes little.");
        _app.MapGet("/refused", () => ((Result<string>)new Error(409, "thing.exists", "It exists.")).ToHttp()).WithSummary("Refuses.");
        _app.MapGet("/broken", string () => throw new InvalidOperationException("secret")).WithSummary("Breaks.");
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private static Task<JsonElement> ReadAsync(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();
}
