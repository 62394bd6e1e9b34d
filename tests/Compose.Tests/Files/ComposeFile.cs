using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.TestKit;

namespace Platform.Compose.Tests.Files;

/// <summary>A compose file with its overlays, variables filled in from <c>example.env</c> as an operator would.</summary>
internal sealed partial class ComposeFile
{
    private readonly JsonObject _root;

    private ComposeFile(JsonObject root) => _root = root;

    /// <summary>Every rung of the ladder, as its files are given to <c>docker compose -f … -f …</c>.</summary>
    public static IReadOnlyList<string> Rungs { get; } =
        ["standalone.yaml", "platform.yaml", "platform.yaml gpu.yaml", "platform.yaml observability.yaml", "platform.yaml mongodb.yaml"];

    public IReadOnlyList<ComposeService> Services =>
        [.. Section("services").Select(service => new ComposeService(service.Key, service.Value!.AsObject()))];

    /// <summary>The services that are built here, from the one Dockerfile.</summary>
    public IReadOnlyList<ComposeService> Ours => [.. Services.Where(service => service.Folder is not null)];

    public IReadOnlySet<string> Volumes => Section("volumes").Select(volume => volume.Key).ToHashSet();

    /// <summary>Loads files such as <c>platform.yaml observability.yaml</c>, the later over the earlier.</summary>
    public static ComposeFile Load(string files)
    {
        var variables = ExampleVariables();
        var root = new JsonObject();
        foreach (var file in files.Split(' ')) Merge(root, Fill(Yaml.Read(Repository.PathOf("compose", file)), variables).AsObject());
        return new ComposeFile(root);
    }

    public ComposeService Service(string name) => Services.Single(service => service.Name == name);

    private JsonObject Section(string name) => _root[name]?.AsObject() ?? [];

    /// <summary>Mappings are merged, sequences appended, scalars replaced, as compose does.</summary>
    private static void Merge(JsonObject target, JsonObject overlay)
    {
        foreach (var (key, value) in overlay)
            switch (target[key], value)
            {
                case (JsonObject below, JsonObject above): Merge(below, above); break;
                case (JsonArray below, JsonArray above): foreach (var item in above) below.Add(item?.DeepClone()); break;
                default: target[key] = value?.DeepClone(); break;
            }
    }

    private static JsonNode Fill(JsonNode node, IReadOnlyDictionary<string, string> variables) => node switch
    {
        JsonObject mapping => new JsonObject(mapping.Select(child =>
            KeyValuePair.Create(child.Key, child.Value is null ? null : Fill(child.Value, variables)))),
        JsonArray sequence => new JsonArray([.. sequence.Select(item => item is null ? null : Fill(item, variables))]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(
            Variable().Replace(text, match => Resolve(match, variables))),
        _ => node.DeepClone(),
    };

    /// <summary><c>${NAME}</c>, <c>${NAME:-default}</c> and <c>${NAME:?message}</c>; <c>$$</c> stands for a dollar.</summary>
    private static string Resolve(Match match, IReadOnlyDictionary<string, string> variables)
    {
        if (match.Value == "$$") return "$";
        if (variables.TryGetValue(match.Groups["name"].Value, out var value) && value.Length > 0) return value;
        return match.Groups["operator"].Value == ":-"
            ? match.Groups["rest"].Value
            : throw new InvalidDataException($"{match.Value} has neither a default nor a line in example.env.");
    }

    private static Dictionary<string, string> ExampleVariables()
    {
        var file = Repository.PathOf("compose", "example.env");
        if (!File.Exists(file)) return [];
        return File.ReadLines(file)
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('=', 2))
            .ToDictionary(line => line[0], line => line[1]);
    }

    [GeneratedRegex(@"\$\$|\$\{(?<name>[A-Z0-9_]+)(?:(?<operator>:[-?])(?<rest>[^}]*))?\}")]
    private static partial Regex Variable();
}
