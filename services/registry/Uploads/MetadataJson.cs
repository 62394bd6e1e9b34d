using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Hosting.Values;

namespace Platform.Registry.Uploads;

/// <summary>How authors write metadata: where a class, a category or a group is named, a number or a boolean may stand for its text.</summary>
internal static class MetadataJson
{
    private static readonly HashSet<(Type, string)> Names =
    [
        (typeof(VersionMetadata), "classes"), (typeof(VersionMetadata), "positiveClass"), (typeof(FeatureDefinition), "categories"),
        (typeof(FairnessDefinition), "favourableClass"), (typeof(GroupDefinition), "values"), (typeof(FairnessGroup), "name"),
        (typeof(FairnessGroup), "values"), (typeof(FairnessAttribute), "reference"),
    ];

    public static JsonSerializerOptions Options { get; } = new(PlatformJson.Strict)
    {
        TypeInfoResolver = PlatformJson.Strict.TypeInfoResolver!.WithAddedModifier(TakeScalars),
    };

    private static void TakeScalars(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => Names.Contains((type.Type, property.Name))))
            property.CustomConverter = property.PropertyType == typeof(string) ? new Name() : new NameArray();
    }

    private sealed class Name : JsonConverter<string?>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadName(ref reader);

        public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    private sealed class NameArray : JsonConverter<IReadOnlyList<string?>>
    {
        public override IReadOnlyList<string?> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException();
            var names = new List<string?>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) names.Add(ReadName(ref reader));
            return names;
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<string?> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value, PlatformJson.Strict);
    }

    // An exception without a message gets the serialiser's own, with the place.
    private static string? ReadName(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => ScalarText.Of(JsonElement.ParseValue(ref reader)),
        _ => throw new JsonException(),
    };
}
