using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Platform.Hosting;

namespace Platform.Messages;

/// <summary>JSON Schemas (draft 2020-12) of the contracts. Nothing is required and members may be added: readers are tolerant.</summary>
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
            ["properties"] = properties,
        };
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var description = context.PropertyInfo?.AttributeProvider is PropertyInfo property ? XmlDocs.Of(property) : "";
        if (description.Length == 0) return schema;
        // "true", which is what any JSON has for a schema, cannot carry a description.
        var described = schema as JsonObject ?? [];
        described.Insert(0, "description", description);
        return described;
    }
}
