using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Client.Transport;

/// <summary>Reads refusals: problem details (RFC 9457), or <c>{"error": "…"}</c> of the Open Inference Protocol.</summary>
internal static class Refusals
{
    private const int LongestText = 500;

    public static PlatformException Read(HttpStatusCode status, string body)
    {
        var said = Parse(body);
        var detail = Text(said, "detail") ?? Text(said, "error") ?? Text(said, "title") ?? Shortened(body, status);
        return new PlatformException(detail, status, Text(said, "code")) { Body = said, TraceId = Text(said, "traceId"), Errors = Fields(said) };
    }

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null; // of a proxy in between, for example; it is shown as it is
        }
    }

    private static string? Text(JsonObject? said, string member) =>
        said?[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static Dictionary<string, string[]> Fields(JsonObject? said) => said?["errors"] is JsonObject errors
        ? errors.ToDictionary(error => error.Key, error => error.Value is JsonArray all ? all.Select(each => each?.ToString() ?? "").ToArray() : [])
        : [];

    private static string Shortened(string body, HttpStatusCode status) =>
        body.Length == 0 ? $"The answer was {(int)status}." : body.Length > LongestText ? body[..LongestText] : body;
}
