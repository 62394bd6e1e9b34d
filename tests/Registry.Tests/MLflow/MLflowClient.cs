using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Registry.Tests.MLflow;

/// <summary>What the tests ask MLflow's routes.</summary>
internal sealed class MLflowClient(HttpClient http)
{
    private const string Root = "/api/2.0/mlflow/";

    public Task<JsonNode> GetAsync(string path) => http.GetAsync(Root + path).JsonAsync();

    public Task<JsonNode> PostAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK) => http.PostAsJsonAsync(Root + path, body).JsonAsync(expected);

    public async Task<JsonNode> SendAsync(HttpMethod method, string path, object body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, Root + path) { Content = JsonContent.Create(body) };
        return await http.SendAsync(request).JsonAsync(expected);
    }

    /// <summary>Checks that a request is refused in MLflow's form; answers the message.</summary>
    public async Task<string> RefusedAsync(HttpStatusCode status, string code, string path, object body)
    {
        var answer = await PostAsync(path, body, status);
        Assert.Equal(code, (string?)answer["error_code"]);
        return (string)answer["message"]!;
    }

    public async Task<string> ExperimentAsync() => (string)(await PostAsync("experiments/create", new { name = $"e-{Guid.NewGuid():n}" }))["experiment_id"]!;

    public async Task<string> RunAsync(string experiment, long start = 1) =>
        (string)(await PostAsync("runs/create", new { experiment_id = experiment, start_time = start }))["run"]!["info"]!["run_id"]!;

    public Task LogAsync(string run, string key, object value, long step = 0) =>
        PostAsync("runs/log-metric", new { run_id = run, key, value, timestamp = 1_700_000_000_000 + step, step });

    public async Task<string[]> SearchAsync(string experiment, string? filter = null, params string[] order) =>
        [.. ((await PostAsync("runs/search", new { experiment_ids = new[] { experiment }, filter, order_by = order }))["runs"]?.AsArray() ?? [])
            .Select(run => (string)run!["info"]!["run_id"]!)];

    public async Task PutAsync(string path, byte[] content)
    {
        using var body = new ByteArrayContent(content);
        await http.PutAsync($"/api/2.0/mlflow-artifacts/artifacts/{path}", body).JsonAsync();
    }
}
