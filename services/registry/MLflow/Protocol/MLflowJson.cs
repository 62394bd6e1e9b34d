using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Platform.Registry.MLflow.Protocol;

/// <summary>
/// MLflow's JSON, which is that of Protocol Buffers with the fields' own names: snake_case, 64-bit integers as numbers or texts, numbers that
/// are not finite as texts, nothing where there is no value. Unknown fields are passed over.
/// </summary>
internal static class MLflowJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Options.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>JSON of a client; throws <see cref="JsonException"/> when it is none, is nested too deep or names a member twice.</summary>
    public static JsonNode? Parse(ReadOnlySpan<byte> text) => JsonNode.Parse(text, documentOptions: Strict);

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static JsonNode? Parse(string text) => JsonNode.Parse(text, documentOptions: Strict);

    /// <summary>A member of what may be an object; null where it is none, or has no such member.</summary>
    public static JsonNode? Member(this JsonNode? node, string name) => (node as JsonObject)?[name];

    /// <summary>What may be a text; null where it is none.</summary>
    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A list as it is written: left out when it is empty.</summary>
    public static IReadOnlyList<T>? OrNull<T>(this IReadOnlyList<T> list) => list.Count == 0 ? null : list;

    /// <summary>A text as Protocol Buffers see it: an empty one is none.</summary>
    public static string? OrNull(this string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = 32,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }
}
