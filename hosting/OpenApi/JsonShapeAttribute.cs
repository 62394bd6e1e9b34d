using System.Diagnostics.CodeAnalysis;

namespace Platform.Hosting.OpenApi;

/// <summary>What a member holds whose type leaves it open, as a JSON Schema; <c>#/components/schemas/…</c> may be referred to.</summary>
/// <param name="schema">The schema as JSON text.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class JsonShapeAttribute([StringSyntax(StringSyntaxAttribute.Json)] string schema) : Attribute
{
    /// <summary>A class, a group or a label.</summary>
    public const string Scalar = """{"type":["string","number","boolean"]}""";

    /// <summary>The same, or null.</summary>
    public const string ScalarOrNull = """{"type":["string","number","boolean","null"]}""";

    /// <summary>A value a row; null where it is missing.</summary>
    public const string Scalars = """{"type":"array","items":{"type":["string","number","boolean","null"]}}""";

    /// <summary>The same, or null.</summary>
    public const string ScalarsOrNull = """{"type":["array","null"],"items":{"type":["string","number","boolean","null"]}}""";

    /// <summary>The elements of a tensor, flat or nested.</summary>
    public const string Elements = """{"type":"array","items":{}}""";

    /// <summary>Values of any kind, or none: of several types at once, generated clients would believe one.</summary>
    public const string ElementsOrNull = """{"type":["array","null"],"items":{}}""";

    /// <summary>An object whose members depend on something else.</summary>
    public const string Object = """{"type":"object","additionalProperties":{}}""";

    /// <summary>The same, or null.</summary>
    public const string ObjectOrNull = """{"type":["object","null"],"additionalProperties":{}}""";

    /// <summary>Measures by name, null where the data leave one undefined; the confusion matrix is of true by predicted classes.</summary>
    public const string Measures = """
        {"type":["object","null"],
         "properties":{"confusion":{"type":"array","items":{"type":"array","items":{"type":"integer","format":"int64"}}}},
         "additionalProperties":{"type":["number","null"],"format":"double"}}
        """;

    /// <summary>The schema as JSON text.</summary>
    public string Schema => schema;
}
