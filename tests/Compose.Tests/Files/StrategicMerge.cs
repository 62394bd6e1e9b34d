using System.Text.Json.Nodes;

namespace Platform.Compose.Tests.Files;

/// <summary>
/// Kubernetes' strategic merge, as far as the patches here go: mappings are merged, sequences whose items have a key of their
/// own (a name, a mount path) item by item, others replaced.
/// </summary>
internal static class StrategicMerge
{
    private static readonly Dictionary<string, string> Keys = new()
    {
        ["containers"] = "name", ["env"] = "name", ["volumes"] = "name", ["ports"] = "containerPort", ["volumeMounts"] = "mountPath",
    };

    public static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
            switch (target[name], value)
            {
                case (JsonObject below, JsonObject above): Apply(below, above); break;
                case (JsonArray below, JsonArray above) when Keys.TryGetValue(name, out var key): Apply(below, above, key); break;
                default: target[name] = value?.DeepClone(); break;
            }
    }

    private static void Apply(JsonArray target, JsonArray patch, string key)
    {
        foreach (var item in patch.Select(node => node!.AsObject()))
            if (target.FirstOrDefault(other => $"{other![key]}" == $"{item[key]}") is JsonObject same) Apply(same, item);
            else target.Add(item.DeepClone());
    }
}
