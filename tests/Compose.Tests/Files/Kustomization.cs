using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.TestKit;

namespace Platform.Compose.Tests.Files;

/// <summary>The objects of a folder of compose/kubernetes, with its patches applied and its images tagged, as kustomize does.</summary>
internal sealed class Kustomization
{
    private readonly List<JsonObject> _objects;

    private Kustomization(List<JsonObject> objects) => _objects = objects;

    /// <summary>Every folder that is applied to a cluster.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["base", "gpu"];

    public IReadOnlyList<JsonObject> Objects => _objects;

    /// <summary>Deployments and stateful sets.</summary>
    public IReadOnlyList<Workload> Workloads =>
        [.. _objects.Where(item => Kind(item) is "Deployment" or "StatefulSet").Select(item => new Workload(item))];

    public static Kustomization Load(string folder) => new(LoadObjects(Repository.PathOf("compose", "kubernetes", folder)));

    public IEnumerable<JsonObject> Of(string kind) => _objects.Where(item => Kind(item) == kind);

    public static string Kind(JsonObject item) => item["kind"]!.ToString();

    public static string Name(JsonObject item) => item["metadata"]!["name"]!.ToString();

    private static List<JsonObject> LoadObjects(string folder)
    {
        var kustomization = Yaml.Read(Path.Combine(folder, "kustomization.yaml"));
        var objects = Texts(kustomization["resources"]).Select(resource => Path.GetFullPath(Path.Combine(folder, resource)))
            .SelectMany(path => Directory.Exists(path) ? LoadObjects(path) : Yaml.ReadAll(path).Select(node => node.AsObject())).ToList();
        foreach (var patch in kustomization["patches"]?.AsArray() ?? []) Apply(objects, folder, patch!);
        foreach (var image in kustomization["images"]?.AsArray() ?? []) Tag(objects, $"{image!["name"]}", $"{image["newTag"]}");
        return objects;
    }

    private static void Apply(List<JsonObject> objects, string folder, JsonNode reference)
    {
        var patch = Yaml.Read(Path.Combine(folder, reference["path"]!.ToString()));
        var kinds = reference["target"]?["kind"]?.ToString();
        var targets = kinds is null
            ? objects.Where(item => Kind(item) == Kind(patch) && Name(item) == Name(patch)).ToList()
            : objects.Where(item => Regex.IsMatch(Kind(item), $"^({kinds})$")).ToList();
        Assert.True(targets.Count > 0, $"{reference["path"]} patches nothing.");
        foreach (var target in targets) StrategicMerge.Apply((JsonObject)target["spec"]!, patch["spec"]!.AsObject());
    }

    private static void Tag(List<JsonObject> objects, string image, string tag)
    {
        var containers = objects.Where(item => Kind(item) is "Deployment" or "StatefulSet").Select(item => new Workload(item).Container)
            .Where(container => container["image"]!.ToString().Split(':')[0] == image).ToList();
        Assert.True(containers.Count > 0, $"Nothing uses the image {image}.");
        foreach (var container in containers) container["image"] = $"{image}:{tag}";
    }

    private static IEnumerable<string> Texts(JsonNode? items) => items!.AsArray().Select(item => item!.ToString());
}
