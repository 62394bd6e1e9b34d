using System.Text.Encodings.Web;
using System.Text.Json;
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
