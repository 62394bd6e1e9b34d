using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Platform.Hosting.OpenApi;

/// <summary>The names of types in the document.</summary>
internal sealed class SchemaNames
{
    private readonly ConcurrentDictionary<string, Type> _known = [];

    /// <summary>The name of the type's component, or null where it has none.</summary>
    /// <exception cref="InvalidOperationException">Another type has that name: one of them would be described as the other.</exception>
    public string? Of(JsonTypeInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        // As a component, JSON without a form makes generators write a class without members, which loses every value.
        if (type == typeof(JsonElement) || HasNotationOfItsOwn(type, info) || OpenApiOptions.CreateDefaultSchemaReferenceId(info) is not { } name) return null;
        return _known.GetOrAdd(name, type) == type
            ? name
            : throw new InvalidOperationException($"{_known[name]} and {type} would both be '{name}' in the API's description; rename one.");
    }

    /// <summary>Whether a value is written by a converter of the type's, of whose form nothing can be told: its members say it.</summary>
    private static bool HasNotationOfItsOwn(Type type, JsonTypeInfo info) =>
        type is { IsValueType: true, IsEnum: false } && info.Kind == JsonTypeInfoKind.None;
}
