using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Platform.Hosting.OpenApi;

/// <summary>What attributes say of a member beyond its type: which values it takes, that it is needed, what is in open JSON.</summary>
internal sealed class MemberTransformer : IOpenApiSchemaTransformer
{
    /// <summary>The mark of a schema that holds the members which answers always have.</summary>
    public const string AlwaysWritten = "x-always-written";

    /// <summary>The mark of a schema that holds what it is to be instead; what that refers to may not be there yet.</summary>
    public const string Shape = "x-shape";

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if ((Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type) == typeof(DateTimeOffset)) DescribeTime(schema, context);
        if (context.JsonPropertyInfo is { } member) DescribeMember(schema, member);
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object) DescribeObject(schema, context.JsonTypeInfo);
        if (context.ParameterDescription?.ParameterDescriptor is IParameterInfoParameterDescriptor { ParameterInfo: { } parameter })
            Choose(schema, Values(parameter));
        return Task.CompletedTask;
    }

    /// <summary>What our own converter reads and writes is not seen by those who make schemas of types.</summary>
    private static void DescribeTime(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var isNullable = Nullable.GetUnderlyingType(context.JsonPropertyInfo?.PropertyType ?? context.JsonTypeInfo.Type) is not null;
        (schema.Type, schema.Format) = (isNullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String, "date-time");
    }

    private static void DescribeMember(OpenApiSchema schema, JsonPropertyInfo member)
    {
        if (Attribute<JsonShapeAttribute>(member) is { } shape) Mark(schema, Shape, shape.Schema);
        if (Attribute<RequiredAttribute>(member) is not null) schema.Type &= ~JsonSchemaType.Null;
        Choose(schema, Values(member.AttributeProvider));
    }

    private static void DescribeObject(OpenApiSchema schema, JsonTypeInfo type)
    {
        foreach (var member in type.Properties.Where(member => Attribute<RequiredAttribute>(member) is not null))
            (schema.Required ??= new HashSet<string>()).Add(member.Name);
        Mark(schema, AlwaysWritten, type.Properties.Where(IsAlwaysWritten).Select(member => member.Name).ToArray());
    }

    private static bool IsAlwaysWritten(JsonPropertyInfo member) =>
        member.Get is not null && Attribute<JsonIgnoreAttribute>(member) is null or { Condition: JsonIgnoreCondition.Never };

    // Marks are not written into the document.
    private static void Mark(OpenApiSchema schema, string name, object value)
    {
        schema.Metadata ??= new Dictionary<string, object>();
        schema.Metadata[name] = value;
    }

    private static void Choose(OpenApiSchema schema, IReadOnlyList<string>? values)
    {
        if (values is null) return;
        var chosen = schema.Items as OpenApiSchema ?? schema;
        chosen.Enum = [.. values.Select(value => (JsonNode)JsonValue.Create(value))];
        if (chosen.Type?.HasFlag(JsonSchemaType.Null) is true) chosen.Enum.Add(JsonNullSentinel.JsonNull);
    }

    private static IReadOnlyList<string>? Values(ICustomAttributeProvider? provider) =>
        Attribute<OneOfAttribute>(provider)?.Values
        ?? Attribute<AllowedValuesAttribute>(provider)?.Values.OfType<string>().ToArray();

    private static T? Attribute<T>(JsonPropertyInfo member) where T : Attribute => Attribute<T>(member.AttributeProvider);

    private static T? Attribute<T>(ICustomAttributeProvider? provider) where T : Attribute =>
        provider?.GetCustomAttributes(typeof(T), inherit: false).OfType<T>().FirstOrDefault();
}
