using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Supervisor.Tests.Running;

/// <summary>The credit sample over the public HTTP API.</summary>
internal sealed class CreditApi(Uri address) : IDisposable
{
    private const string Model = "credit";
    private const int InARow = 20;

    private static readonly JsonArray Row = JsonNode.Parse(File.ReadLines(Repository.PathOf("samples", Model, "traffic.jsonl")).First())!["inputs"]!["input"]!.AsArray();

    private readonly HttpClient _http = new() { BaseAddress = address };

    public void Dispose() => _http.Dispose();

    /// <summary>Registers the sample with both versions.</summary>
    public async Task RegisterAsync()
    {
        await PostAsync("/v1/models", new JsonObject { ["name"] = Model }).JsonAsync(HttpStatusCode.Created);
        foreach (var version in new[] { "v1", "v2" })
        {
            using var form = new MultipartFormDataContent();
            foreach (var (name, file) in new[] { ("model", "model.onnx"), ("metadata", "metadata.json"), ("reference", "reference.csv") })
                form.Add(new ByteArrayContent(await File.ReadAllBytesAsync(Repository.PathOf("samples", Model, version, file))), name, file);
            await _http.PostAsync($"/v1/models/{Model}/versions", form).JsonAsync(HttpStatusCode.Created);
        }
    }

    /// <summary>Promotes a version and waits until every replica answers with it.</summary>
    public async Task PromoteAsync(string version)
    {
        await PostAsync($"/v1/models/{Model}/promotions", new JsonObject { ["version"] = version, ["alias"] = "champion" }).JsonAsync();
        await Eventually.TrueAsync(async () =>
        {
            for (var i = 0; i < InARow; i++)
            {
                using var response = await PredictAsync();
                if (!response.IsSuccessStatusCode || response.Headers.GetValues("x-model-version").Single() != version) return false;
            }
            return true;
        }, $"version {version} answers everywhere", TimeSpan.FromSeconds(60));
    }

    public Task<HttpResponseMessage> PredictAsync() => PostAsync($"/v2/models/{Model}/infer", new JsonObject
    {
        ["inputs"] = new JsonArray(new JsonObject { ["name"] = "input", ["datatype"] = "FP32", ["shape"] = new JsonArray(1, Row.Count), ["data"] = Row.DeepClone() }),
    });

    /// <summary>How many of these predictions the monitor has not heard of, by giving each a label.</summary>
    public async Task<int> CountUnknownAsync(IEnumerable<string> predictions)
    {
        var labels = new JsonArray([.. predictions.Select(id => new JsonObject { ["predictionId"] = id, ["label"] = "good" })]);
        return (int)(await PostAsync($"/v1/models/{Model}/ground-truth", labels).JsonAsync(HttpStatusCode.Accepted))["unknown"]!;
    }

    private Task<HttpResponseMessage> PostAsync(string path, JsonNode body) => _http.PostAsync(path, JsonContent.Create(body));
}
