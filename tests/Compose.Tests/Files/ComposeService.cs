using System.Text.Json.Nodes;

namespace Platform.Compose.Tests.Files;

/// <summary>One service of a compose file.</summary>
internal sealed record ComposeService(string Name, JsonObject Node)
{
    public string Image => Node["image"]!.GetValue<string>();

    /// <summary>The folder in services/ that the image is built from; null for images of others.</summary>
    public string? Folder => Node["build"]?["args"]?["SERVICE"]?.GetValue<string>();

    public IReadOnlyDictionary<string, string> Environment => Node["environment"] is JsonObject variables
        ? variables.ToDictionary(variable => variable.Key, variable => variable.Value?.ToString() ?? "")
        : new Dictionary<string, string>();

    public IReadOnlyList<string> Command => Texts("command");

    /// <summary>The health check as a program with its arguments.</summary>
    public IReadOnlyList<string> HealthCheck => [.. Node["healthcheck"]!["test"]!.AsArray().Select(part => part!.ToString())];

    /// <summary>Ports that are published, as <c>host address:host port:container port</c>.</summary>
    public IReadOnlyList<string> Ports => Texts("ports");

    /// <summary>Volumes, as <c>source:target[:mode]</c>.</summary>
    public IReadOnlyList<string> Volumes => Texts("volumes");

    /// <summary>The names of the services that must be up first, with the condition.</summary>
    public IReadOnlyDictionary<string, string> DependsOn => Node["depends_on"] is JsonObject services
        ? services.ToDictionary(service => service.Key, service => service.Value!["condition"]!.ToString())
        : new Dictionary<string, string>();

    /// <summary>A setting by its path, such as <c>deploy resources limits memory</c>.</summary>
    public string? Setting(string path) =>
        path.Split(' ').Aggregate<string, JsonNode?>(Node, (node, key) => node?[key])?.ToString();

    private IReadOnlyList<string> Texts(string key) => [.. (Node[key]?.AsArray() ?? []).Select(item => item!.ToString())];

    public override string ToString() => Name;
}
