using System.Text.Json.Nodes;
using Platform.Compose.Tests.Files;
using Platform.Compose.Tests.Running;
using Platform.TestKit;

namespace Platform.Compose.Tests.Kubernetes;

/// <summary>What the other tests look at is what kustomize makes of the same files.</summary>
public sealed class KustomizeTests
{
    [KubectlFact]
    public Task Kustomize_renders_the_base_as_these_tests_do() => CompareAsync("base");

    [KubectlFact]
    public Task Kustomize_renders_the_gpu_overlay_as_these_tests_do() => CompareAsync("gpu");

    private static async Task CompareAsync(string folder)
    {
        using var rendered = new TemporaryFolder();
        var file = rendered.File("rendered.yaml");
        var (exitCode, output) = await ChildProcess.RunAsync(
            KubectlFactAttribute.Find()!, "kustomize", Repository.PathOf("compose", "kubernetes", folder), "--output", file);
        Assert.True(exitCode == 0, output);

        var theirs = Yaml.ReadAll(file).Select(node => node.AsObject()).ToDictionary(Key, Spec);
        var ours = Kustomization.Load(folder).Objects.ToDictionary(Key, Spec);
        Assert.Equal(theirs.Keys.Order(), ours.Keys.Order());
        Assert.All(theirs, item => Assert.True(JsonNode.DeepEquals(item.Value, ours[item.Key]), $"{item.Key}\n{item.Value}\n{ours[item.Key]}"));
    }

    private static string Key(JsonObject item) => $"{Kustomization.Kind(item)}/{Kustomization.Name(item)}";

    private static JsonNode? Spec(JsonObject item) => Sorted(item["spec"] ?? item["data"]);

    /// <summary>Kustomize puts what it merges first and sorts keys; the order of volumes, mounts and keys means nothing.</summary>
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject mapping => new JsonObject(mapping.OrderBy(child => child.Key, StringComparer.Ordinal)
            .Select(child => KeyValuePair.Create(child.Key, Sorted(child.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted).OrderBy(item => item?.ToJsonString(), StringComparer.Ordinal)]),
        _ => node?.DeepClone(),
    };
}
