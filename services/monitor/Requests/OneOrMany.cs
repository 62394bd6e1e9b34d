using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Monitor.Requests;

/// <summary>Reads a list of items, or a single one without the list around it.</summary>
internal abstract class OneOrMany<TRequest, TItem>(Func<List<TItem?>, TRequest> make, Func<TRequest, IReadOnlyList<TItem?>> items)
    : JsonConverter<TRequest> where TItem : class
{
    public override TRequest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => make(
        reader.TokenType == JsonTokenType.StartObject
            ? [JsonSerializer.Deserialize<TItem>(ref reader, options)]
            : JsonSerializer.Deserialize<List<TItem?>>(ref reader, options)!);

    public override void Write(Utf8JsonWriter writer, TRequest value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, items(value), options);
}
