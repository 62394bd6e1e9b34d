using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Platform.TestKit.Api;

/// <summary>The public HTTP API as a client uses it, in JSON.</summary>
/// <param name="address">Where it answers.</param>
/// <param name="handler">What sends the requests; absent for a plain client.</param>
/// <param name="key">The key that it brings; absent where nobody is asked for one.</param>
public sealed class PlatformApi(Uri address, HttpMessageHandler? handler = null, string? key = null) : IDisposable
{
    private const int InARow = 20;

    /// <summary>The monitor takes up to 10,000; a slow machine takes long for that many.</summary>
    private const int LabelsAtOnce = 2_000;

    private static readonly TimeSpan Patience = Eventually.Patience;

    /// <summary>A client with the platform's address.</summary>
    public HttpClient Http { get; } = new(handler ?? new SocketsHttpHandler())
    {
        BaseAddress = address, Timeout = Eventually.Patience,
        DefaultRequestHeaders = { Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key) },
    };

    public void Dispose() => Http.Dispose();

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(path);

    public Task<HttpResponseMessage> PostAsync(string path, JsonNode body) => Http.PostAsync(path, JsonContent.Create(body));

    public Task<JsonNode> ReadAsync(string path) => GetAsync(path).JsonAsync();

    /// <summary>Registers a model with the credit sample's two versions; nothing serves yet.</summary>
    public async Task RegisterCreditAsync(string model)
    {
        await PostAsync("/v1/models", new JsonObject { ["name"] = model }).JsonAsync(HttpStatusCode.Created);
        foreach (var version in new[] { 1, 2 }) await UploadAsync(model, CreditSample.Form(version)).JsonAsync(HttpStatusCode.Created);
    }

    /// <summary>Registers the credit sample and waits until its first version answers.</summary>
    public async Task ServeCreditAsync(string model)
    {
        await RegisterCreditAsync(model);
        await PromoteAsync(model, "1").JsonAsync();
        await UntilReadyAsync(model);
    }

    public async Task<HttpResponseMessage> UploadAsync(string model, MultipartFormDataContent form)
    {
        using (form) return await Http.PostAsync($"/v1/models/{model}/versions", form);
    }

    public Task<HttpResponseMessage> PromoteAsync(string model, string version, string reason = "because") =>
        PostAsync($"/v1/models/{model}/promotions", new JsonObject
        {
            ["version"] = version,
            ["alias"] = "champion",
            ["strategy"] = new JsonObject { ["kind"] = "immediate" },
            ["reason"] = reason,
        });

    /// <summary>Waits until the model can be called, without calling it.</summary>
    public Task UntilReadyAsync(string model) => Eventually.TrueAsync(async () =>
    {
        using var response = await GetAsync($"/v2/models/{model}/ready");
        return response.IsSuccessStatusCode;
    }, $"{model} is ready", Patience);

    /// <summary>Waits until a version answers.</summary>
    public Task UntilServesAsync(string model, string version) => Eventually.TrueAsync(async () =>
    {
        using var response = await InferAsync(model, CreditSample.Usual[0]);
        return response.IsSuccessStatusCode && response.Headers.GetValues("x-model-version").Single() == version;
    }, $"{model} is answered by version {version}", Patience);

    /// <summary>Waits until every replica answers with a version.</summary>
    public Task UntilServesEverywhereAsync(string model, string version) => Eventually.TrueAsync(async () =>
    {
        for (var i = 0; i < InARow; i++)
        {
            using var response = await InferAsync(model, CreditSample.Usual[0]);
            if (!response.IsSuccessStatusCode || response.Headers.GetValues("x-model-version").Single() != version) return false;
        }
        return true;
    }, $"{model} is answered by version {version} everywhere", Patience);

    /// <summary>How many of these predictions the monitor has not heard of, by giving each a label.</summary>
    public async Task<int> CountUnknownAsync(string model, IEnumerable<string> predictions)
    {
        var unknown = 0;
        foreach (var some in predictions.Chunk(LabelsAtOnce))
        {
            var labels = new JsonArray([.. some.Select(id => new JsonObject { ["predictionId"] = id, ["label"] = "good" })]);
            unknown += (int)(await PostAsync($"/v1/models/{model}/ground-truth", labels).JsonAsync(HttpStatusCode.Accepted))["unknown"]!;
        }
        return unknown;
    }

    /// <summary>Predicts rows in one request.</summary>
    public Task<HttpResponseMessage> InferAsync(string model, params IReadOnlyList<CreditRow> rows) =>
        PostAsync($"/v2/models/{model}/infer", InferBody(rows));

    /// <summary>Predicts rows one after the other: the prediction's id and the probability of a bad risk for each.</summary>
    public async Task<IReadOnlyList<(string Id, double Bad)>> PredictManyAsync(string model, IEnumerable<CreditRow> rows)
    {
        var predictions = new List<(string, double)>();
        foreach (var row in rows)
        {
            using var response = await InferAsync(model, row);
            var answer = await Task.FromResult(response).JsonAsync();
            predictions.Add((response.Headers.GetValues("x-prediction-id").Single(), (double)answer["outputs"]![0]!["data"]![1]!));
        }
        return predictions;
    }

    public static JsonObject InferBody(IReadOnlyList<CreditRow> rows) => new() { ["inputs"] = new JsonArray(Tensor(rows)) };

    public static JsonObject Tensor(IReadOnlyList<CreditRow> rows) => new()
    {
        ["name"] = "input",
        ["datatype"] = "FP32",
        ["shape"] = new JsonArray(rows.Count, CreditSample.Width),
        ["data"] = new JsonArray([.. rows.SelectMany(row => row.Features).Select(value => JsonValue.Create(value))]),
    };
}
