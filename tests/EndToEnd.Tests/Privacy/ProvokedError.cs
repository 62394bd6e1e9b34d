using System.Net.Http.Headers;
using System.Text;

namespace Platform.EndToEnd.Tests.Privacy;

/// <summary>A request that ends in an error of docs/errors.md, on a platform where the model <c>M</c> serves and the model <c>E</c> has no version.</summary>
/// <param name="Code">The error's code; under <c>/v2</c> the answer does not tell it.</param>
/// <param name="Route">Method and path.</param>
/// <param name="Body">The body; null for none.</param>
internal sealed record ProvokedError(string Code, string Route, string? Body = null)
{
    private const string Row = """{"inputs":[{"name":"input","shape":[1,20],"datatype":"FP32","data":[1,8,2,3,760,0,3,4,1,2,2,0,44,2,1,1,1,1,0,0]}]}""";
    private const string Rows = """{"inputs":[{"name":"input","shape":[1,20],"datatype":"FP32","data":[1,8,2,3,760,0,3,4,1,2,2,0,44,2,1,1,1,1,0,0]}],""";

    /// <summary>A header to send, <c>name: value</c>.</summary>
    public string? Header { get; init; }

    public string MediaType { get; init; } = "application/json";

    public static IReadOnlyList<ProvokedError> All { get; } =
    [
        new("request.invalid", "POST /v1/models", "{"),
        new("request.invalid", "POST /v1/models", """{"name":5}"""),
        new("request.invalid", "POST /v1/models", """{"name":"a","tags":{"a":[]}}"""),
        new("request.invalid", "GET /v1/models?limit=ten"),
        new("request.invalid", "POST /v1/analyses/drift", """{"features":[{"name":"a","kind":"odd","reference":["x"],"current":[1]}]}"""),
        new("request.invalid", "POST /v1/models/M/explanations", """{"method":7}"""),
        new("request.invalid", "PUT /v1/alert-rules/a", """{"when":{}}"""),
        new("request.invalid", "POST /v1/models/E/versions", "--b\r\nnonsense\r\n--b--") { MediaType = "multipart/form-data; boundary=b" },
        new("access.cross_site", "POST /v1/models", "{}") { Header = "Sec-Fetch-Site: cross-site" },
        new("access.host", "GET /v1/models") { Header = "Host: evil.example" },
        new("route.not_found", "GET /v1/nothing"),
        new("route.method_not_allowed", "DELETE /v1/models"),
        new("request.too_large", "POST /v1/models/M/jobs", new string(' ', (4 << 20) + 1)),
        new("request.media_type", "POST /v1/models", "{}") { MediaType = "text/plain" },
        new("request.media_type", "POST /v1/models", "{}") { MediaType = "application/json; charset=nonsense" },
        new("request.media_type", "POST /v2/models/M/infer", Row) { MediaType = "text/plain" },
        new("inference.request_invalid", "POST /v2/models/M/infer", "{"),
        new("inference.request_invalid", "POST /v2/models/M/infer", """{"inputs":[{"name":"other","shape":[1],"datatype":"FP32","data":[1]}]}"""),
        new("inference.request_invalid", "POST /v1/models/M/jobs", """{"inputs":[{"name":"input","shape":[1,20],"datatype":"FP64","data":["x"]}]}"""),
        new("inference.request_invalid", "POST /v1/models/M/predictions", """{"rows":5}"""),
        new("inference.rows_invalid", "POST /v1/models/M/predictions", """{"rows":[{"age":"/etc/passwd","colour":1},7]}"""),
        new("inference.header_length_invalid", "POST /v2/models/M/infer", Row) { Header = "Inference-Header-Content-Length: x" },
        new("inference.prediction_id_invalid", "POST /v2/models/M/infer", Row) { Header = $"x-prediction-id: {new string('a', 129)}" },
        new("inference.content_encoding_unknown", "POST /v2/models/M/infer", Row) { Header = "Content-Encoding: br" },
        new("inference.model_unknown", "POST /v2/models/nobody/infer", Row),
        new("inference.model_unknown", "POST /v1/models/nobody/jobs", Row),
        new("inference.version_unknown", "POST /v2/models/M/versions/99/infer", Row),
        new("inference.version_unknown", "POST /v1/models/M/jobs?version=challenger", Row),
        new("inference.body_invalid", "POST /v2/repository/index", "[1]"),
        new("inference.parameter_unknown", "POST /v2/repository/models/M/load", """{"parameters":{"colour":"red"}}"""),
        new("inference.config_invalid", "POST /v2/repository/models/M/load", """{"parameters":{"config":"{\"max_batch_size\":\"many\"}"}}"""),
        new("inference.files_not_taken", "POST /v2/repository/models/M/load", """{"parameters":{"config":"{}","file:1/model.onnx":"AAAA"}}"""),
        new("inference.nothing_to_load", "POST /v2/repository/models/nobody/load", "{}"),
        new("inference.idempotency_key_invalid", "POST /v1/models/M/jobs", Row) { Header = $"Idempotency-Key: {new string('k', 300)}" },
        new("inference.job_result_binary", "POST /v1/models/M/jobs", Row) { Header = "Inference-Header-Content-Length: 5" },
        new("inference.callback_refused", "POST /v1/models/M/jobs?callback=http://169.254.1.1/", Row),
        new("inference.callback_refused", "POST /v1/models/M/jobs?callback=file:///etc/hosts", Row),
        new("inference.job_unknown", "GET /v1/jobs/nothing"),
        new("registry.strategy_unsupported", "POST /v1/models/M/promotions", """{"version":"1","alias":"champion","strategy":{"kind":"magic"}}"""),
        new("registry.promotion_not_found", "GET /v1/promotions/nothing"),
        new("registry.measure_unsupported", "POST /v1/models/M/promotions",
            """{"version":"1","strategy":{"kind":"canary","steps":[{"weight":0.1}],"guards":[{"measure":"cost","margin":0.1}]}}"""),
        new("registry.model_not_found", "GET /v1/models/nobody"),
        new("registry.version_not_found", "GET /v1/models/M/versions/99"),
        new("registry.alias_not_found", "DELETE /v1/models/M/aliases/odd"),
        new("registry.artifact_not_found", $"GET /v1/artifacts/{new string('a', 64)}"),
        new("registry.model_exists", "POST /v1/models", """{"name":"M"}"""),
        new("registry.alias_protected", "PUT /v1/models/M/aliases/champion", """{"version":"1"}"""),
        new("registry.no_previous_version", "POST /v1/models/M/rollback", "{}"),
        new("registry.approval_own", "POST /v1/models/M/versions/1/approvals", "{}"),
        new("registry.model_invalid", "POST /v1/models/E/versions", "--b\r\nContent-Disposition: form-data; name=model; filename=\"/etc/passwd\"\r\n\r\nnonsense\r\n--b--\r\n") { MediaType = "multipart/form-data; boundary=b" },
        new("monitor.model_unknown", "GET /v1/models/nobody/monitoring"),
        new("monitor.version_unknown", "GET /v1/models/M/monitoring?version=99"),
        new("monitor.filter_invalid", "GET /v1/predictions?model=M&where=height%3E4"),
        new("request.invalid", "GET /v1/predictions?model=M&where=age%3E"),
        new("monitor.review_not_found", "POST /v1/review-queue/nothing", """{"label":"good"}"""),
        new("monitor.prediction_not_found", "GET /v1/predictions/nothing"),
        new("monitor.alert_unknown", "POST /v1/alerts/nothing/acknowledge"),
        new("monitor.rule_unknown", "DELETE /v1/alert-rules/nothing"),
        new("monitor.rule_built_in", "DELETE /v1/alert-rules/data-drift"),
        new("explainer.inputs_invalid", "POST /v1/models/M/explanations", """{"inputs":[{"name":"input","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}"""),
        new("explainer.background_invalid", "POST /v1/models/M/explanations", $$"""{{Rows}}"background":[[1,2]]}"""),
        new("explainer.method_not_supported", "POST /v1/models/M/explanations", $$"""{{Rows}}"method":"magic"}"""),
        new("explainer.feature_unknown", "GET /v1/models/M/dependence?feature=magic"),
        new("explainer.output_unknown", "POST /v1/models/M/explanations", $$"""{{Rows}}"output":"magic"}"""),
        new("explainer.class_unknown", "POST /v1/models/M/explanations", $$"""{{Rows}}"classes":[99]}"""),
        new("explainer.picture_unknown", "GET /v1/explanations/nothing?picture=magic"),
        new("explainer.row_unknown", "POST /v1/models/M/explanations?row=99", Row) { Header = "Accept: image/svg+xml" },
        new("explainer.explanation_not_found", "GET /v1/explanations/nothing"),
        new("explainer.prediction_not_found", "POST /v1/models/M/explanations", """{"predictionId":"nothing"}"""),
        new("explainer.version_not_found", "POST /v1/models/M/explanations", $$"""{{Rows}}"version":"99"}"""),
        new("explainer.budget_too_small", "POST /v1/models/M/explanations", $$"""{{Rows}}"method":"permutation","budget":1}"""),
    ];

    public HttpRequestMessage ToRequest(string model, string empty)
    {
        var parts = Route.Split(' ');
        var request = new HttpRequestMessage(new HttpMethod(parts[0]), InPath(parts[1], model, empty));
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body.Replace("\"M\"", $"\"{model}\"", StringComparison.Ordinal)));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(MediaType);
        }
        if (Header?.Split(": ", 2) is not [var name, var value]) return request;
        if (name == "Content-Encoding") request.Content!.Headers.ContentEncoding.Add(value);
        else request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    public override string ToString() => $"{Code}: {Route} {(Body is { Length: > 200 } ? "…" : Body)}";

    private static string InPath(string path, string model, string empty) => path
        .Replace("/models/M/", $"/models/{model}/", StringComparison.Ordinal).Replace("/models/E/", $"/models/{empty}/", StringComparison.Ordinal)
        .Replace("?model=M&", $"?model={model}&", StringComparison.Ordinal);
}
