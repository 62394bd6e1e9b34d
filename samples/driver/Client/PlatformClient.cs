using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Hosting.Defaults;

namespace Platform.SampleDriver.Client;

/// <summary>
/// What the samples, their traffic and the page ask of the platform: its public HTTP API, as any client would. Every method
/// throws <see cref="HttpRequestException"/> with the platform's own words when it refuses.
/// </summary>
internal sealed class PlatformClient(HttpClient http)
{
    /// <summary>What it calls itself, in the header or as the name of its key.</summary>
    public const string Actor = "samples";

    /// <summary>The JSON at a path.</summary>
    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await FetchAsync(path, cancellationToken);
        await EnsureSuccessAsync(response, cancellationToken);
        return await ReadAsync<JsonNode>(response, cancellationToken);
    }

    /// <summary>Whether a path answers 2xx.</summary>
    public async Task<bool> AnswersAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await FetchAsync(path, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    /// <summary>Registers the model's name, unless it is taken.</summary>
    public async Task RegisterAsync(string model, CancellationToken cancellationToken)
    {
        using var response = await PostAsync("v1/models", new { name = model }, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Conflict) await EnsureSuccessAsync(response, cancellationToken);
    }

    /// <summary>The first hundred versions of a model, oldest first.</summary>
    public async Task<IReadOnlyList<ModelVersionDescription>> GetVersionsAsync(string model, CancellationToken cancellationToken)
    {
        var page = await GetAsync($"v1/models/{model}/versions?limit=100", cancellationToken);
        return page["items"].Deserialize<List<ModelVersionDescription>>(PlatformJson.Tolerant) ?? [];
    }

    /// <summary>Uploads a version: the multipart form of <c>POST /v1/models/{m}/versions</c>.</summary>
    public async Task<ModelVersionDescription> UploadAsync(string model, MultipartFormDataContent form, CancellationToken cancellationToken)
    {
        using var request = Request($"v1/models/{model}/versions", form);
        using var response = await SendAsync(request, cancellationToken);
        await EnsureSuccessAsync(response, cancellationToken);
        return await ReadAsync<ModelVersionDescription>(response, cancellationToken);
    }

    /// <summary>Every alias that serves.</summary>
    public async Task<DeploymentSnapshot> GetDeploymentsAsync(CancellationToken cancellationToken)
    {
        using var response = await FetchAsync("v1/deployments", cancellationToken);
        await EnsureSuccessAsync(response, cancellationToken);
        return await ReadAsync<DeploymentSnapshot>(response, cancellationToken);
    }

    /// <summary>Makes a version the champion.</summary>
    public async Task PromoteAsync(string model, string version, string reason, CancellationToken cancellationToken)
    {
        using var response = await PostAsync($"v1/models/{model}/promotions", new { version, alias = "champion", reason }, cancellationToken);
        await EnsureSuccessAsync(response, cancellationToken);
    }

    /// <summary>Asks the champion and answers the prediction's id.</summary>
    public async Task<string> PredictAsync(string model, JsonObject body, CancellationToken cancellationToken)
    {
        using var response = await PostAsync($"v2/models/{model}/infer", body, cancellationToken);
        await EnsureSuccessAsync(response, cancellationToken);
        return response.Headers.GetValues("x-prediction-id").Single();
    }

    /// <summary>Tells the true labels of earlier predictions.</summary>
    public async Task LabelAsync(string model, JsonArray labels, CancellationToken cancellationToken)
    {
        using var response = await PostAsync($"v1/models/{model}/ground-truth", labels, cancellationToken);
        await EnsureSuccessAsync(response, cancellationToken);
    }

    private async Task<HttpResponseMessage> FetchAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> PostAsync<T>(string path, T body, CancellationToken cancellationToken)
    {
        using var request = Request(path, JsonContent.Create(body, MediaTypeHeaderValue.Parse("application/json"), PlatformJson.Tolerant));
        return await SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (TaskCanceledException exception) when (exception.InnerException is TimeoutException late)
        {
            throw late;
        }
    }

    private static HttpRequestMessage Request(string path, HttpContent content) =>
        new(HttpMethod.Post, path) { Content = content, Headers = { { Actors.Header, Actor } } };

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await response.Content.ReadFromJsonAsync<T>(PlatformJson.Tolerant, cancellationToken)
        ?? throw new HttpRequestException($"{response.RequestMessage?.RequestUri} answered null.");

    private static async Task EnsureSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode) return;
        var said = await response.Content.ReadAsStringAsync(cancellationToken);
        throw new HttpRequestException(
            $"{response.RequestMessage?.RequestUri?.AbsolutePath} answered {(int)response.StatusCode}: {said}", null, response.StatusCode);
    }
}
