using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Platform.Client.Transport;

/// <summary>A request that can be made again.</summary>
/// <param name="Operation">What it is called in traces.</param>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path and query, escaped.</param>
internal sealed record ApiRequest(string Operation, HttpMethod Method, string Path)
{
    /// <summary>The model that it is about.</summary>
    public string? Model { get; init; }

    /// <summary>Whether it may be sent again; by its method when null.</summary>
    public bool? Repeatable { get; init; }

    /// <summary>The media type that is asked for.</summary>
    public string Accept { get; init; } = "application/json";

    /// <summary>Further headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Makes the body; null where there is none.</summary>
    public Func<HttpContent>? Content { get; init; }

    public bool MayRepeat => Repeatable ?? (Method == HttpMethod.Get || Method == HttpMethod.Put || Method == HttpMethod.Delete);

    public static ApiRequest Get(string operation, string path, string? model = null) => new(operation, HttpMethod.Get, path) { Model = model };

    public static ApiRequest Post(string operation, string path, JsonNode body, string? model = null) =>
        new(operation, HttpMethod.Post, path) { Model = model, Content = () => Json(body) };

    public static HttpContent Json(JsonNode body)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, ClientJson.Default.JsonNode));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
