using System.Net;
using System.Text;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Routing;

public sealed class RoutingTests : IAsyncLifetime
{
    private Edge _edge = null!;

    public async Task InitializeAsync() => _edge = await Edge.StartAsync();

    public async Task DisposeAsync() => await _edge.DisposeAsync();

    [Theory]
    [InlineData("/v1/models", "registry")]
    [InlineData("/v1/models/credit/versions/1/artifact", "registry")]
    [InlineData("/v1/models/monitoring", "registry")]
    [InlineData("/v1/models/credit/versions", "registry")]
    [InlineData("/v1/deployments", "registry")]
    [InlineData("/v1/events?after=3", "registry")]
    [InlineData("/v1/artifacts/abc", "registry")]
    [InlineData("/api/2.0/mlflow/runs/get?run_id=1", "registry")]
    [InlineData("/api/2.0/mlflow-artifacts/artifacts/0/1/artifacts/a.txt", "registry")]
    [InlineData("/ajax-api/2.0/mlflow/runs/get", "registry")]
    [InlineData("/get-artifact", "registry")]
    [InlineData("/model-versions/get-artifact", "registry")]
    [InlineData("/version", "registry")]
    [InlineData("/health", "registry")]
    [InlineData("/v2", "inference")]
    [InlineData("/v2/models/credit/versions/champion/infer", "inference")]
    [InlineData("/v1/models/credit/predictions", "inference")]
    [InlineData("/v1/models/credit/versions/champion/predictions", "inference")]
    [InlineData("/v1/models/credit/jobs", "inference")]
    [InlineData("/v1/jobs/j1/events", "inference")]
    [InlineData("/v1/models/credit/monitoring?version=1", "monitor")]
    [InlineData("/v1/models/credit/ground-truth", "monitor")]
    [InlineData("/v1/models/credit/outcomes", "monitor")]
    [InlineData("/v1/models/credit/predictions.parquet?limit=5", "monitor")]
    [InlineData("/v1/models/credit/labels", "monitor")]
    [InlineData("/v1/analyses/drift", "monitor")]
    [InlineData("/v1/alerts", "monitor")]
    [InlineData("/v1/alerts/a1/resolve", "monitor")]
    [InlineData("/v1/alert-rules", "monitor")]
    [InlineData("/v1/models/credit/explanations", "explainer")]
    [InlineData("/v1/explanations/e1", "explainer")]
    public async Task Each_public_path_reaches_its_service(string path, string service)
    {
        var answer = await _edge.Http.GetAsync(path).JsonAsync();
        Assert.Equal(service, answer["service"]!.GetValue<string>());
    }

    /// <summary>An id may hold a slash, which does not part the path.</summary>
    [Theory]
    [InlineData("/v1/jobs/orders%2F17", "orders/17")]
    [InlineData("/v1/explanations/why%2f17%3A2", "why/17:2")]
    [InlineData("/v1/jobs/a%25b", "a%b")]
    [InlineData("/v1/predictions/orders%2F17:2", "orders/17:2")]
    [InlineData("/v1/review-queue/orders%2F17", "orders/17")]
    public async Task An_escaped_id_reaches_its_service_as_it_was(string path, string id) =>
        Assert.Equal(id, (await _edge.Http.GetAsync(path).JsonAsync())["id"]!.GetValue<string>());

    [Fact]
    public async Task The_callers_request_id_reaches_the_service_and_comes_back()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Add("x-request-id", "mine");
        using var response = await _edge.Http.SendAsync(request);
        Assert.Equal("mine", Assert.Single(response.Headers.GetValues("x-request-id")));
        Assert.Contains("\"mine\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_id_made_at_the_edge_is_the_services_too()
    {
        using var response = await _edge.Http.GetAsync("/v1/models");
        var id = Assert.Single(response.Headers.GetValues("x-request-id"));
        Assert.Contains(id, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callers_trace_goes_on_in_the_service()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        var answer = await _edge.Http.SendAsync(request).JsonAsync();
        Assert.StartsWith($"00-{Trace}-", (string?)answer["traceParent"], StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", (string?)answer["forwardedFor"]);
    }

    [Fact]
    public async Task A_page_is_judged_at_the_edge_and_not_again_by_the_service_whose_address_is_another()
    {
        var own = _edge.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        await SendFromPageAsync(own, "same-origin").JsonAsync();
        await SendFromPageAsync("http://evil.example", "cross-site").ProblemAsync(HttpStatusCode.Forbidden, "access.cross_site");
    }

    private async Task<HttpResponseMessage> SendFromPageAsync(string origin, string site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/models");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Sec-Fetch-Site", site);
        return await _edge.Http.SendAsync(request);
    }

    [Fact]
    public async Task Headers_that_are_not_ASCII_reach_the_service_as_they_came()
    {
        using var utf8 = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var client = new HttpClient(utf8) { BaseAddress = _edge.Http.BaseAddress };
        client.DefaultRequestHeaders.TryAddWithoutValidation("x-actor", "Zoë Ångström 中");

        var answer = await client.GetAsync("/v1/models").JsonAsync();

        Assert.Equal("Zoë Ångström 中", (string?)answer["actor"]);
    }

    [Fact]
    public async Task A_refusal_of_the_edge_has_MLflows_form_on_MLflows_routes()
    {
        var answer = await _edge.Http.GetAsync("/api/2.0/preview/none").JsonAsync(HttpStatusCode.NotFound);
        Assert.Equal("ENDPOINT_NOT_FOUND", (string?)answer["error_code"]);
    }

    [Fact]
    public async Task A_path_of_no_service_is_a_problem()
    {
        await _edge.Http.GetAsync("/v3/models").ProblemAsync(HttpStatusCode.NotFound, "route.not_found");
    }
}
