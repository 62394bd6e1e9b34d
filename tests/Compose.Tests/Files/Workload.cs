using System.Text.Json.Nodes;

namespace Platform.Compose.Tests.Files;

/// <summary>A deployment or a stateful set with its one container.</summary>
internal sealed record Workload(JsonObject Node)
{
    public string Name => Kustomization.Name(Node);

    public JsonObject Pod => Node["spec"]!["template"]!["spec"]!.AsObject();

    public JsonObject Container => Assert.Single(Pod["containers"]!.AsArray())!.AsObject();

    public string Image => Container["image"]!.ToString();

    /// <summary>The folder in services/, by the image's name.</summary>
    public string Service => Image.Split(':')[0]["platform/".Length..];

    public IReadOnlyDictionary<string, string> PodLabels => Labels(Node["spec"]!["template"]!["metadata"]!["labels"]);

    /// <summary>The ports by name.</summary>
    public IReadOnlyDictionary<string, string> Ports =>
        Container["ports"]!.AsArray().ToDictionary(port => port!["name"]!.ToString(), port => port!["containerPort"]!.ToString());

    /// <summary>The path and the port's name of <c>startupProbe</c>, <c>livenessProbe</c> or <c>readinessProbe</c>.</summary>
    public (string Path, string Port) Probe(string kind)
    {
        var get = Container[kind]!["httpGet"]!;
        return (get["path"]!.ToString(), get["port"]!.ToString());
    }

    /// <summary>The variables that the container gets from its config maps, its secrets and itself.</summary>
    public IReadOnlyDictionary<string, string> Environment(IEnumerable<JsonObject> objects)
    {
        var environment = new Dictionary<string, string>();
        foreach (var source in Container["envFrom"]?.AsArray() ?? [])
            foreach (var (name, value) in Referenced(source!.AsObject(), objects)) environment[name] = value!.GetValue<string>();
        foreach (var variable in Container["env"]?.AsArray() ?? [])
            environment[variable!["name"]!.ToString()] = variable["value"]!.GetValue<string>();
        return environment;
    }

    public static IReadOnlyDictionary<string, string> Labels(JsonNode? labels) =>
        labels!.AsObject().ToDictionary(label => label.Key, label => label.Value!.ToString());

    private static JsonObject Referenced(JsonObject source, IEnumerable<JsonObject> objects)
    {
        var (kind, data) = source.ContainsKey("secretRef") ? ("Secret", "stringData") : ("ConfigMap", "data");
        var name = source.Single().Value!["name"]!.ToString();
        return objects.Single(item => Kustomization.Kind(item) == kind && Kustomization.Name(item) == name)[data]!.AsObject();
    }
}
