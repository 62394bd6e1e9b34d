using System.Text.Json.Nodes;

namespace Platform.Gateway.Descriptions;

/// <summary>OpenAPI documents of several services as one, as if one process had all their routes.</summary>
internal sealed class MergedDocument(JsonObject first)
{
    private const string Reference = "$ref";

    private readonly JsonObject _merged = first.DeepClone().AsObject();

    public JsonObject Json => _merged;

    /// <summary>
    /// Adds the routes and components of a service. What is there already stays: every service has <c>/health/live</c>, and most
    /// components are the same. One of the same name that is another gets the service's name before its own.
    /// </summary>
    public void Add(string service, JsonObject document)
    {
        var components = document["components"]?.AsObject() ?? [];
        var added = Rename(document, OwnNames(service, components)).AsObject();
        foreach (var (path, routes) in Section(added, "paths")) Fill(Section(Section(_merged, "paths"), path), routes!.AsObject());
        foreach (var (kind, named) in Section(added, "components")) Fill(Section(Section(_merged, "components"), kind), named!.AsObject());
        AddTags(added["tags"]?.AsArray() ?? []);
    }

    /// <summary>The new names of components that differ from those known, or refer to one that does.</summary>
    private Dictionary<string, string> OwnNames(string service, JsonObject components)
    {
        var renamed = new Dictionary<string, string>();
        int before;
        do
        {
            before = renamed.Count;
            foreach (var (kind, named) in components)
                foreach (var (name, component) in named!.AsObject())
                    if (_merged["components"]?[kind]?[name] is { } known && !JsonNode.DeepEquals(known, Rename(component!, renamed)))
                        renamed.TryAdd($"#/components/{kind}/{name}", $"#/components/{kind}/{service}.{name}");
        }
        while (renamed.Count > before);
        return renamed;
    }

    private void AddTags(JsonArray tags)
    {
        var known = _merged["tags"] as JsonArray;
        if (known is null) _merged["tags"] = known = [];
        foreach (var tag in tags)
            if (!known.Any(other => JsonNode.DeepEquals(other?["name"], tag!["name"]))) known.Add(tag!.DeepClone());
    }

    /// <summary>A copy in which references, and the components themselves, have their new names.</summary>
    private static JsonNode Rename(JsonNode node, Dictionary<string, string> names, string at = "#") => node switch
    {
        JsonObject json => new JsonObject(json.Select(member =>
            KeyValuePair.Create(NewKey($"{at}/{member.Key}", names) ?? member.Key, Value(member, names, at)))),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Rename(item, names, $"{at}/-"))]),
        _ => node.DeepClone(),
    };

    private static JsonNode? Value(KeyValuePair<string, JsonNode?> member, Dictionary<string, string> names, string at) => member switch
    {
        (Reference, JsonValue value) when names.TryGetValue(value.ToString(), out var renamed) => JsonValue.Create(renamed),
        (_, null) => null,
        _ => Rename(member.Value!, names, $"{at}/{member.Key}"),
    };

    private static string? NewKey(string path, Dictionary<string, string> names) =>
        names.TryGetValue(path, out var renamed) ? renamed[(renamed.LastIndexOf('/') + 1)..] : null;

    private static JsonObject Section(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject section) parent[name] = section = [];
        return section;
    }

    private static void Fill(JsonObject target, JsonObject source)
    {
        foreach (var (name, value) in source)
            if (!target.ContainsKey(name)) target[name] = value?.DeepClone();
    }
}
