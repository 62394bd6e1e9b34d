using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Platform.Hosting.Values;

/// <summary>An entry of a map in a request body that is null is as good as left out, as a member is.</summary>
internal static class MapWithoutNulls
{
    /// <summary>Of maps of texts or objects. Their type stays what it is, so that the description of the API can look into it.</summary>
    public static void LeaveOutNulls(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Dictionary && type.ElementType is { IsValueType: false })
            type.OnDeserialized = Remove;
    }

    private static void Remove(object map)
    {
        if (map is not IDictionary { IsReadOnly: false } entries) return;
        foreach (var name in entries.Keys.Cast<object>().Where(name => entries[name] is null).ToArray()) entries.Remove(name);
    }

    /// <summary>Of maps of numbers, which the serialiser refuses a null in.</summary>
    public sealed class OfNumbers : JsonConverter<IReadOnlyDictionary<string, double>>
    {
        public override IReadOnlyDictionary<string, double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var entries = JsonSerializer.Deserialize<Dictionary<string, double?>>(ref reader, options)!;
            return entries.Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value!.Value);
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, double> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (name, number) in value) writer.WriteNumber(name, number);
            writer.WriteEndObject();
        }
    }
}
