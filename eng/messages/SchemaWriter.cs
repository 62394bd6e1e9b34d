using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Platform.Contracts;
using Platform.Hosting;

namespace Platform.Messages;

/// <summary>
/// JSON Schemas (draft 2020-12) of the contracts. Required is what a reader can rely on: of what the platform sends, every member
/// that is never null; of a command, what its consumer cannot do without. Members may be added: readers are tolerant.
/// </summary>
internal static class SchemaWriter
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    public static JsonObject Write(DescribedMessage message)
    {
        var schema = PlatformJson.Tolerant.GetJsonSchemaAsNode(message.Type, Options).AsObject();
        var properties = schema["properties"]!.DeepClone();
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"urn:platform:message:{message.Name}",
            ["title"] = message.Type.Name,
            ["description"] = message.Description,
            ["type"] = "object",
            ["required"] = schema["required"]!.DeepClone(),
            ["properties"] = properties,
        };
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && schema is JsonObject { } form && form["properties"] is JsonObject) Require(form, context.TypeInfo);
        var description = context.PropertyInfo?.AttributeProvider is PropertyInfo property ? XmlDocs.Of(property) : "";
        if (description.Length == 0) return schema;
        // "true", which is what any JSON has for a schema, cannot carry a description.
        var described = schema as JsonObject ?? [];
        described.Insert(0, "description", description);
        return described;
    }

    private static void Require(JsonObject schema, JsonTypeInfo type)
    {
        var isCommand = typeof(ICommand).IsAssignableFrom(type.Type);
        var required = type.Properties.Where(member => isCommand ? IsMarked(member) : !IsNullable(member)).Select(member => (JsonNode)member.Name).ToArray();
        schema.Remove("required");
        if (required.Length > 0) schema.Insert(Math.Max(0, schema.IndexOf("properties")), "required", new JsonArray(required));
    }

    private static bool IsMarked(JsonPropertyInfo member) => member.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: false) is true;

    private static bool IsNullable(JsonPropertyInfo member) =>
        Nullable.GetUnderlyingType(member.PropertyType) is not null || (!member.PropertyType.IsValueType && member.IsGetNullable);
}
