using System.Text.Json.Nodes;

namespace Platform.Client.Transport;

/// <summary>Any route of the API, in JSON.</summary>
public sealed class RawClient
{
    private readonly HttpTransport _transport;

    internal RawClient(HttpTransport transport) => _transport = transport;

    /// <summary>The JSON at a path.</summary>
    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken = default) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>
    /// Sends a request, with a body where one is given; <c>{}</c> where the answer has none. GET, PUT and DELETE are sent again where there was
    /// no answer; anything else once.
    /// </summary>
    public async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken = default)
    {
        var request = new ApiRequest($"{method} {path.Split('?')[0]}", method, path) { Content = body is null ? null : () => ApiRequest.Json(body) };
        using var response = await _transport.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text) ?? new JsonObject();
    }

    /// <summary>The text at a path, as the media type that is asked for.</summary>
    public async Task<string> ReadAsync(string path, string accept, CancellationToken cancellationToken = default)
    {
        using var response = await _transport.SendAsync(ApiRequest.Get("read", path) with { Accept = accept }, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
