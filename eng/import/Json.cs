using System.Globalization;
using System.Text.Json.Nodes;

namespace Platform.Import;

/// <summary>Reading MLflow's answers, in which what is empty may be left out.</summary>
internal static class Json
{
    public static IReadOnlyList<JsonObject> List(this JsonObject? node, string name) => [.. (node?[name] as JsonArray ?? []).OfType<JsonObject>()];

    public static JsonObject? Object(this JsonObject? node, string name) => node?[name] as JsonObject;

    /// <summary>Text, or a number as text: servers differ in how they write 64-bit numbers.</summary>
    public static string? Text(this JsonObject? node, string name) => node?[name] switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value => value.ToJsonString(),
        _ => null,
    };

    /// <summary>The same of a member that every server of MLflow's gives.</summary>
    public static string Required(this JsonObject? node, string name) => node.Text(name) ?? throw Lacks(name);

    public static JsonObject RequiredObject(this JsonObject? node, string name) => node.Object(name) ?? throw Lacks(name);

    /// <summary>A whole number, or null where there is none.</summary>
    public static long? Number(this JsonObject? node, string name) => node.Text(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new MLflowException("NOT_MLFLOW", $"the server did not answer as an MLflow server does: '{name}' is '{text}', and no whole number");

    public static bool IsTrue(this JsonObject? node, string name) => node.Text(name) == "true";

    /// <summary>Pairs of key and value.</summary>
    public static Dictionary<string, string> Pairs(this JsonObject? node, string name) =>
        node.List(name).Where(pair => pair.Text("key") is not null).DistinctBy(pair => pair.Text("key")).ToDictionary(pair => pair.Text("key")!, pair => pair.Text("value") ?? "");

    public static JsonArray ToPairs(this IEnumerable<KeyValuePair<string, string>> pairs) =>
        new([.. pairs.Select(pair => new JsonObject { ["key"] = pair.Key, ["value"] = pair.Value })]);

    /// <summary>Some members of an object, as they are.</summary>
    public static JsonObject Only(this JsonObject node, params string[] names) =>
        new(names.Where(name => node[name] is not null).Select(name => KeyValuePair.Create(name, node[name]?.DeepClone())));

    private static MLflowException Lacks(string name) => new("NOT_MLFLOW", $"the server did not answer as an MLflow server does: '{name}' is missing");
}
