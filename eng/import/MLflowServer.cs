using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Import;

/// <summary>A server that speaks MLflow's REST API: the source or the target.</summary>
internal sealed class MLflowServer : IDisposable
{
    private const string Root = "api/2.0/mlflow/";
    private const string Files = "api/2.0/mlflow-artifacts/artifacts";
    private const int Attempts = 5;

    private readonly HttpClient _http;

    private MLflowServer(Uri address, AuthenticationHeaderValue? identity)
    {
        Address = address;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10), DefaultRequestHeaders = { Authorization = identity } };
    }

    public Uri Address { get; }

    /// <summary>As MLflow's client finds who it is.</summary>
    public static MLflowServer Source(Uri address, Func<string, string?> environment)
    {
        if (environment("MLFLOW_TRACKING_USERNAME") is { Length: > 0 } user)
        {
            var pair = $"{user}:{environment("MLFLOW_TRACKING_PASSWORD")}";
            return new MLflowServer(address, new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))));
        }

        return new MLflowServer(address, Bearer(environment("MLFLOW_TRACKING_TOKEN")));
    }

    public static MLflowServer Target(Uri address, Func<string, string?> environment) => new(address, Bearer(environment("PLATFORM_KEY")));

    public Task<JsonObject> GetAsync(string path, params (string Name, string? Value)[] query) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, Root + path + Query(query)));

    public Task<JsonObject> PostAsync(string path, JsonObject body) => SendAsync(HttpMethod.Post, path, body);

    public Task<JsonObject> SendAsync(HttpMethod method, string path, JsonObject body) =>
        SendAsync(() => new HttpRequestMessage(method, Root + path) { Content = JsonContent.Create(body) });

    /// <summary>What a search by POST finds, page by page.</summary>
    public IAsyncEnumerable<JsonObject> SearchAsync(string path, string list, JsonObject body) => PagesAsync(list, token =>
    {
        var page = (JsonObject)body.DeepClone();
        if (token is not null) page["page_token"] = token;
        return PostAsync(path, page);
    });

    /// <summary>What a search by GET finds, page by page.</summary>
    public IAsyncEnumerable<JsonObject> ListAsync(string path, string list, params (string Name, string? Value)[] query) =>
        PagesAsync(list, token => GetAsync(path, [.. query, ("page_token", token)]));

    /// <summary>What lies in a folder of the proxy: names and whether they are folders.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListFilesAsync(string folder) =>
        (await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, Files + Query([("path", folder)])))).List("files");

    /// <summary>A file of the proxy.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path) => AnswerAsync(() => new HttpRequestMessage(HttpMethod.Get, $"{Files}/{Escape(path)}"));

    /// <summary>A file of a run, wherever the server keeps it.</summary>
    public Task<HttpResponseMessage> OpenOfRunAsync(string run, string path) =>
        AnswerAsync(() => new HttpRequestMessage(HttpMethod.Get, "get-artifact" + Query([("run_id", run), ("path", path)])));

    /// <summary>Stores a file, which is read once.</summary>
    public async Task PutAsync(string path, Stream content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{Files}/{Escape(path)}") { Content = new StreamContent(content) };
        using var response = await _http.SendAsync(request);
        await ThrowAsync(response);
    }

    public void Dispose() => _http.Dispose();

    private static AuthenticationHeaderValue? Bearer(string? token) => string.IsNullOrEmpty(token) ? null : new AuthenticationHeaderValue("Bearer", token);

    private static async IAsyncEnumerable<JsonObject> PagesAsync(string list, Func<string?, Task<JsonObject>> read)
    {
        string? token = null;
        do
        {
            var page = await read(token);
            foreach (var item in page.List(list)) yield return item;
            token = page.Text("next_page_token") is { Length: > 0 } next && next != token ? next : null;
        }
        while (token is not null);
    }

    private async Task<JsonObject> SendAsync(Func<HttpRequestMessage> make)
    {
        using var response = await AnswerAsync(make);
        return await response.Content.ReadFromJsonAsync<JsonObject>() ?? [];
    }

    /// <summary>Asks again, later and later, where the server is busy.</summary>
    private async Task<HttpResponseMessage> AnswerAsync(Func<HttpRequestMessage> make)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = make();
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (attempt < Attempts && response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway)
            {
                var pause = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1 << attempt - 1);
                response.Dispose();
                await Task.Delay(pause);
                continue;
            }

            await ThrowAsync(response);
            return response;
        }
    }

    private static async Task ThrowAsync(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode) return;
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            JsonObject? body = null;
            try
            {
                body = JsonNode.Parse(text) as JsonObject;
            }
            catch (JsonException)
            {
                // Not MLflow's own answer: that of something between, which the status describes.
            }

            throw new MLflowException(body?.Text("error_code") ?? $"{response.StatusCode}",
                body?.Text("message") ?? body?.Text("detail") ?? $"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}");
        }
    }

    private static string Query(IEnumerable<(string Name, string? Value)> query) =>
        "?" + string.Join('&', query.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
