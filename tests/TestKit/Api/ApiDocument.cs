using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Platform.TestKit.Api;

/// <summary>An OpenAPI document as something to hold answers against.</summary>
public sealed partial class ApiDocument
{
    private readonly List<(string Path, Regex Matches, JsonObject Operations)> _paths;
    private readonly JsonObject _definitions;
    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = [];

    public ApiDocument(JsonNode document)
    {
        _paths = [.. document["paths"]!.AsObject()
            .Select(path => (path.Key, new Regex("^" + Parameter().Replace(Regex.Escape(path.Key).Replace("}", "\\}", StringComparison.Ordinal), "[^/]+") + "$"), path.Value!.AsObject()))
            .OrderBy(path => path.Key.Count(letter => letter == '{'))];
        _definitions = JsonNode.Parse(Local(document["components"]!["schemas"]!))!.AsObject();
        foreach (var (_, schema) in _definitions) Close(schema);
    }

    /// <summary>The operation that answers; null where there is none.</summary>
    public JsonNode? Find(string method, string path) => _paths.FirstOrDefault(known => known.Matches.IsMatch(path)).Operations?[method.ToLowerInvariant()];

    /// <summary>What is wrong with a body; nothing where it has the form of the schema, and no members that it does not name.</summary>
    public IReadOnlyList<string> Validate(JsonNode schema, JsonNode? body)
    {
        var text = Local(schema);
        var known = _schemas.GetOrAdd(text, _ =>
        {
            var root = JsonNode.Parse(text)!.AsObject();
            Close(root);
            root["$defs"] = _definitions.DeepClone();
            return JsonSchema.FromText(root.ToJsonString());
        });
        var value = body is null ? default : System.Text.Json.JsonSerializer.SerializeToElement(body);
        // Nearly all are as described, and a flag costs less than a list.
        if (known.Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.Flag }).IsValid) return [];
        var result = known.Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return [.. (result.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Key}: {error.Value}")).Distinct().Take(20)];
    }

    private static string Local(JsonNode schema) => schema.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);

    /// <summary>Readers pass over what they do not know; a server that says what is not described has a gap in its description.</summary>
    private static void Close(JsonNode? schema)
    {
        if (schema is JsonObject json)
        {
            if (json["properties"] is JsonObject && !json.ContainsKey("additionalProperties")) json["additionalProperties"] = false;
            foreach (var (_, part) in json.ToList()) Close(part);
        }
        else if (schema is JsonArray list)
        {
            foreach (var part in list) Close(part);
        }
    }

    [GeneratedRegex(@"\\\{[^/]+?\\\}")]
    private static partial Regex Parameter();
}
