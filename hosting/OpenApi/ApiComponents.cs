using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Platform.Hosting.OpenApi;

/// <summary>
/// Schemas of bodies that no type stands for, because they are read and written by hand. Register one as a singleton; routes and
/// <see cref="JsonShapeAttribute"/> refer to them by name.
/// </summary>
/// <param name="json">An object of JSON Schemas by name.</param>
public sealed class ApiComponents(string json)
{
    internal void AddTo(OpenApiDocument document)
    {
        foreach (var (name, schema) in JsonNode.Parse(json)!.AsObject())
            document.AddComponent(name, SchemaText.Read(schema!.ToJsonString(), document));
    }

    /// <summary>Those of an assembly's embedded file beside <paramref name="beside"/>.</summary>
    public static ApiComponents Embedded(Type beside, string file)
    {
        using var stream = beside.Assembly.GetManifestResourceStream(beside, file)
            ?? throw new InvalidOperationException($"{beside.Assembly.GetName().Name} does not hold {file}.");
        using var reader = new StreamReader(stream);
        return new ApiComponents(reader.ReadToEnd());
    }
}
