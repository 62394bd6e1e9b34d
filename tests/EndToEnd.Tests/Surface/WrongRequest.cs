using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.Hosting.Http;

namespace Platform.EndToEnd.Tests.Surface;

/// <summary>A request that is refused, and how: by docs/errors.md, in one process as behind the gateway.</summary>
/// <param name="Route">Method and path.</param>
/// <param name="Status">The status.</param>
/// <param name="Code">The code; null under <c>/v2</c>, whose form has none.</param>
public sealed partial record WrongRequest(string Route, HttpStatusCode Status, string? Code)
{
    private const string Json = "application/json";

    /// <summary>The body; null for none.</summary>
    public byte[]? Body { get; init; }

    public string? MediaType { get; init; } = Json;

    public static IReadOnlyList<WrongRequest> All { get; } =
    [
        new("GET /v1/nothing", HttpStatusCode.NotFound, "route.not_found"),
        new("GET /v2/nothing", HttpStatusCode.NotFound, null),
        new("DELETE /v1/models", HttpStatusCode.MethodNotAllowed, "route.method_not_allowed"),
        new("DELETE /v2/models/nobody", HttpStatusCode.MethodNotAllowed, null),
        new("POST /v1/models", HttpStatusCode.BadRequest, "request.invalid") { MediaType = null },
        With("POST /v1/models", "", HttpStatusCode.BadRequest, "request.invalid"),
        With("POST /v1/models", "null", HttpStatusCode.BadRequest, "request.invalid"),
        With("POST /v1/models", "{", HttpStatusCode.BadRequest, "request.invalid"),
        With("POST /v1/models", """{"name":"a","colour":"red"}""", HttpStatusCode.BadRequest, "request.invalid"),
        With("POST /v1/models", "name=a", HttpStatusCode.UnsupportedMediaType, "request.media_type") with { MediaType = "text/plain" },
        Large("POST /v1/models", 30_000_001, "request.too_large"),
        new("GET /v1/models?limit=ten", HttpStatusCode.BadRequest, "request.invalid"),
        new("GET /v1/models/nobody", HttpStatusCode.NotFound, "registry.model_not_found"),
        new("GET /v1/models/nobody/versions/1/artifact", HttpStatusCode.NotFound, "registry.model_not_found"),
        With("POST /v1/models/nobody/promotions", """{"version":"1"}""", HttpStatusCode.NotFound, "registry.model_not_found"),
        new("POST /v1/models/nobody/promotions", HttpStatusCode.BadRequest, "request.invalid") { MediaType = null },
        With("PUT /v1/models/nobody/aliases/champion", """{"version":"1"}""", HttpStatusCode.Conflict, "registry.alias_protected"),
        With("POST /v1/models/nobody/versions", "a", HttpStatusCode.UnsupportedMediaType, "request.media_type") with { MediaType = "text/plain" },
        With("POST /v1/models/nobody/versions", "{}", HttpStatusCode.NotFound, "registry.model_not_found"),
        With("POST /v2/models/nobody/infer", "{}", HttpStatusCode.NotFound, null),
        new("POST /v2/models/nobody/infer", HttpStatusCode.NotFound, null) { MediaType = null },
        Large("POST /v2/models/nobody/infer", (64 << 20) + 1, null),
        Large("POST /v2/models/nobody/versions/1/infer", (64 << 20) + 1, null),
        new("GET /v2/models/nobody", HttpStatusCode.NotFound, null),
        new("GET /v2/models/nobody/ready", HttpStatusCode.BadRequest, null),
        With("POST /v2/repository/models/nobody/load", "{}", HttpStatusCode.NotFound, null),
        Large("POST /v2/repository/models/nobody/load", (1 << 20) + 1, null),
        With("POST /v1/models/nobody/predictions", "{}", HttpStatusCode.NotFound, "inference.model_unknown"),
        Large("POST /v1/models/nobody/predictions", (64 << 20) + 1, "request.too_large"),
        Large("POST /v1/models/nobody/versions/1/predictions", (64 << 20) + 1, "request.too_large"),
        With("POST /v1/models/nobody/jobs", "{}", HttpStatusCode.NotFound, "inference.model_unknown"),
        new("POST /v1/models/nobody/jobs", HttpStatusCode.NotFound, "inference.model_unknown") { MediaType = null },
        Large("POST /v1/models/nobody/jobs", (4 << 20) + 1, "request.too_large"),
        Large("POST /v1/models/nobody/jobs", (64 << 20) + 1, "request.too_large"),
        With("POST /v1/models/nobody/scoring-jobs", "a", HttpStatusCode.UnsupportedMediaType, "request.media_type") with { MediaType = "text/csv" },
        new("GET /v1/scoring-jobs/nothing", HttpStatusCode.NotFound, "inference.job_unknown"),
        new("GET /v1/scoring-jobs/nothing/result", HttpStatusCode.NotFound, "inference.job_unknown"),
        new("GET /v1/scoring-jobs/nothing/errors", HttpStatusCode.NotFound, "inference.job_unknown"),
        new("DELETE /v1/scoring-jobs/nothing", HttpStatusCode.NotFound, "inference.job_unknown"),
        new("GET /v1/jobs/nothing", HttpStatusCode.NotFound, "inference.job_unknown"),
        new("DELETE /v1/jobs/nothing", HttpStatusCode.NotFound, "inference.job_unknown"),
        new("GET /v1/models/nobody/monitoring", HttpStatusCode.NotFound, "monitor.model_unknown"),
        new("GET /v1/models/nobody/predictions.parquet", HttpStatusCode.NotFound, "monitor.model_unknown"),
        new("GET /v1/models/nobody/labels", HttpStatusCode.NotFound, "monitor.model_unknown"),
        With("POST /v1/models/nobody/ground-truth", """[{"predictionId":"p","label":"a"}]""", HttpStatusCode.NotFound, "monitor.model_unknown"),
        new("POST /v1/models/nobody/ground-truth", HttpStatusCode.BadRequest, "request.invalid") { MediaType = null },
        Large("POST /v1/models/nobody/ground-truth", 30_000_001, "request.too_large"),
        With("POST /v1/models/nobody/outcomes", """[{"predictionId":"p","name":"conversion","value":1}]""", HttpStatusCode.NotFound, "monitor.model_unknown"),
        new("POST /v1/models/nobody/outcomes", HttpStatusCode.BadRequest, "request.invalid") { MediaType = null },
        Large("POST /v1/models/nobody/outcomes", 30_000_001, "request.too_large"),
        new("POST /v1/analyses/drift", HttpStatusCode.BadRequest, "request.invalid") { MediaType = null },
        With("POST /v1/analyses/drift", "{}", HttpStatusCode.BadRequest, "request.invalid"),
        With("POST /v1/analyses/drift", "{}", HttpStatusCode.UnsupportedMediaType, "request.media_type") with { MediaType = "text/csv" },
        Large("POST /v1/analyses/drift", (64 << 20) + 1, "request.too_large"),
        new("POST /v1/alerts/nothing/acknowledge", HttpStatusCode.NotFound, "monitor.alert_unknown") { MediaType = null },
        new("DELETE /v1/alert-rules/nothing", HttpStatusCode.NotFound, "monitor.rule_unknown"),
        With("POST /v1/models/nobody/explanations", """{"inputs":[]}""", HttpStatusCode.BadRequest, "request.invalid"),
        new("POST /v1/models/nobody/explanations", HttpStatusCode.BadRequest, "request.invalid") { MediaType = null },
        Large("POST /v1/models/nobody/explanations", 30_000_001, "request.too_large"),
        new("GET /v1/models/nobody/dependence", HttpStatusCode.BadRequest, "request.invalid"),
        new("GET /v1/models/nobody/importance", HttpStatusCode.NotFound, "explainer.version_not_found"),
        new("GET /v1/explanations/nothing", HttpStatusCode.NotFound, "explainer.explanation_not_found"),
        new("DELETE /v1/explanations/nothing", HttpStatusCode.NotFound, "explainer.explanation_not_found"),
    ];

    /// <summary>Asks, and answers with what there is to compare: status, form, code and sentence.</summary>
    public async Task<Refusal> SendAsync(HttpClient http)
    {
        var parts = Route.Split(' ');
        using var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1]);
        request.Headers.ExpectContinue = Body?.Length > 1 << 20; // a refusal comes before the body has gone
        if (Body is not null || MediaType is not null) request.Content = new ByteArrayContent(Body ?? []);
        if (MediaType is not null) request.Content!.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
        if (parts[0] is "GET" or "DELETE") request.Content = null;
        using var response = await http.SendAsync(request);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var detail = (string?)(body["detail"] ?? body["error"]);
        return new Refusal(
            response.StatusCode, response.Content.Headers.ContentType?.MediaType, (string?)body["code"],
            response.StatusCode == HttpStatusCode.RequestEntityTooLarge ? Bound().Replace(detail!, "the most bytes") : detail,
            response.Headers.TryGetValues("x-request-id", out var ids) ? ids.Count() : 0);
    }

    // The gateway's may be larger than that of the service behind it, and is told first.
    [GeneratedRegex("the [0-9]+ bytes")]
    private static partial Regex Bound();

    public override string ToString() => $"{Route} with {Body?.Length ?? 0} bytes of {MediaType ?? "no type"}";

    private static WrongRequest With(string route, string body, HttpStatusCode status, string? code) =>
        new(route, status, code) { Body = Encoding.UTF8.GetBytes(body) };

    private static WrongRequest Large(string route, int bytes, string? code) =>
        new(route, HttpStatusCode.RequestEntityTooLarge, code) { Body = new byte[bytes] };
}

/// <summary>What a caller is told.</summary>
public sealed record Refusal(HttpStatusCode Status, string? MediaType, string? Code, string? Detail, int RequestIds);
