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

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly HttpClient _http;

    public MLflowServer(Uri address, AuthenticationHeaderValue? identity) =>
        _http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan, DefaultRequestHeaders = { Authorization = identity } };

    /// <summary>How long an answer, or the next piece of a file, may be waited for. A file that keeps moving may take as long as it likes.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    public TimeProvider Time { get; init; } = TimeProvider.System;

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
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, Root + path + Query(query)), isRead: true);

    public Task<JsonObject> PostAsync(string path, JsonObject body) => PostAsync(path, body, isRead: false);

    /// <summary>What a search by POST finds, page by page.</summary>
    public IAsyncEnumerable<JsonObject> SearchAsync(string path, string list, JsonObject body) => PagesAsync(list, token =>
    {
        var page = (JsonObject)body.DeepClone();
        if (token is not null) page["page_token"] = token;
        return PostAsync(path, page, isRead: true);
    });

    /// <summary>What a search by GET finds, page by page.</summary>
    public IAsyncEnumerable<JsonObject> ListAsync(string path, string list, params (string Name, string? Value)[] query) =>
        PagesAsync(list, token => GetAsync(path, [.. query, ("page_token", token)]));

    /// <summary>What lies in a folder of the proxy: names and whether they are folders.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListFilesAsync(string folder) =>
        (await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, Files + Query([("path", folder)])), isRead: true)).List("files");

    /// <summary>A file of the proxy.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path)
    {
        var address = $"{Files}/{ArtifactPath.Escape(path)}";
        return AnswerAsync(() => new HttpRequestMessage(HttpMethod.Get, address), HttpCompletionOption.ResponseHeadersRead, isRead: true);
    }

    /// <summary>A file of a run, wherever the server keeps it.</summary>
    public Task<HttpResponseMessage> OpenOfRunAsync(string run, string path) =>
        AnswerAsync(() => new HttpRequestMessage(HttpMethod.Get, "get-artifact" + Query([("run_id", run), ("path", path)])),
            HttpCompletionOption.ResponseHeadersRead, isRead: true);

    /// <summary>Stores a file, which is read once.</summary>
    public async Task PutAsync(string path, Stream content)
    {
        using var deadline = new CancellationTokenSource(Patience, Time);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{Files}/{ArtifactPath.Escape(path)}")
        {
            Content = new PatientContent(content, () => deadline.CancelAfter(Patience)),
        };
        try
        {
            using var response = await _http.SendAsync(request, deadline.Token);
            await ThrowAsync(response, deadline.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
            throw new MLflowException("TRANSFER_FAILED", deadline.IsCancellationRequested
                ? $"nothing more of it went over for {Patience.TotalSeconds:0.###} s"
                : $"it broke off on the way: {exception.InnerException?.Message ?? exception.Message}");
        }
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

    private Task<JsonObject> PostAsync(string path, JsonObject body, bool isRead) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Post, Root + path) { Content = JsonContent.Create(body) }, isRead);

    private async Task<JsonObject> SendAsync(Func<HttpRequestMessage> make, bool isRead)
    {
        using var response = await AnswerAsync(make, HttpCompletionOption.ResponseContentRead, isRead);
        try
        {
            if (await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(), documentOptions: Strict) is JsonObject answer) return answer;
        }
        catch (JsonException)
        {
            // A page to sign in at, say.
        }

        throw new MLflowException("NOT_MLFLOW", $"{response.RequestMessage?.RequestUri} did not answer as an MLflow server does, with a JSON object: "
            + "check its address, and whether it wants a user or a token");
    }

    /// <summary>Asks again, later and later, where the server is busy.</summary>
    private async Task<HttpResponseMessage> AnswerAsync(Func<HttpRequestMessage> make, HttpCompletionOption completion, bool isRead)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = make();
            using var deadline = new CancellationTokenSource(Patience, Time);
            try
            {
                var response = await _http.SendAsync(request, completion, deadline.Token);
                if (attempt == Attempts || !MayRepeat(response.StatusCode, isRead))
                {
                    await ThrowAsync(response, deadline.Token);
                    return response;
                }

                var pause = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1 << attempt - 1);
                response.Dispose();
                await Task.Delay(pause < LongestPause ? pause : LongestPause);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested)
            {
                throw new HttpRequestException($"{request.RequestUri} did not answer within {Patience.TotalSeconds:0.###} s");
            }
        }
    }

    /// <summary>What changes something is sent again only where a limit turned it away: behind a gateway's 502 or 503 it may have been done.</summary>
    private static bool MayRepeat(HttpStatusCode status, bool isRead) =>
        status is HttpStatusCode.TooManyRequests || (isRead && status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable);

    private static async Task ThrowAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode) return;
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            JsonObject? body = null;
            try
            {
                body = JsonNode.Parse(text, documentOptions: Strict) as JsonObject;
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
}
