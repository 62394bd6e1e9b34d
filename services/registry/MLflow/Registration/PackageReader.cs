using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Registry.MLflow.Artifacts;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Registration;

/// <summary>Reads a folder of artifacts as MLflow lays it out: the file MLmodel says what there is, and lies beside it.</summary>
internal sealed class PackageReader(ArtifactTree tree, IArtifactStore artifacts)
{
    private const string Index = "MLmodel";
    private const string OnnxFlavor = "onnx";
    private const string OnnxName = "model.onnx";
    private const int MaxIndexBytes = 1 << 20;
    private const int MaxExampleBytes = 16 << 10;
    private const int MaxRequirementsBytes = 64 << 10;
    private const int MaxRequirements = 1000;

    public async Task<Package> ReadAsync(string location, CancellationToken cancellationToken)
    {
        if (ArtifactPath.OfUri(location) is not { } folder)
            return new Package(new ModelPackage { Source = location }, null, [],
                $"Its artifacts are kept at '{location}', where the platform does not read. Log it to this server, or upload its ONNX file.");
        var model = await ReadTextAsync(ArtifactPath.Join(folder, Index), MaxIndexBytes, cancellationToken) is { } text
            ? YamlText.Read(new StringReader(text)) ?? []
            : [];
        var flavors = (model["flavors"] as JsonObject ?? []).Select(flavor => flavor.Key).ToList();
        var inputs = Parse(model["signature"].Member("inputs").Text());
        var onnx = await FindOnnxAsync(folder, model, cancellationToken);
        var description = new ModelPackage
        {
            Source = location,
            Flavors = flavors,
            Signature = SignatureOf(model, inputs),
            Requirements = await ReadRequirementsAsync(folder, cancellationToken),
            InputExample = await ReadExampleAsync(folder, model, cancellationToken),
        };
        return new Package(description, onnx, PackageColumn.Read(inputs),
            onnx is null ? Conversion.Of(flavors) : null);
    }

    /// <summary>The file that MLmodel names, or else the only one with that ending.</summary>
    private async Task<ArtifactEntry?> FindOnnxAsync(string folder, JsonObject model, CancellationToken cancellationToken)
    {
        if (model["flavors"].Member(OnnxFlavor) is { } flavor)
        {
            var named = ArtifactPath.Join(folder, ArtifactPath.Check(flavor.Member("data").Text() ?? OnnxName));
            if (await tree.FindAsync(named, cancellationToken) is { IsDir: false } found) return found;
        }

        var files = (await tree.ListAsync(folder, cancellationToken)).Where(entry => !entry.IsDir && entry.Path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)).ToList();
        return files.Count == 1 ? files[0] : null;
    }

    private async Task<IReadOnlyList<string>?> ReadRequirementsAsync(string folder, CancellationToken cancellationToken)
    {
        var text = await ReadTextAsync(ArtifactPath.Join(folder, "requirements.txt"), MaxRequirementsBytes, cancellationToken);
        return text?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MaxRequirements).ToList();
    }

    private async Task<JsonElement?> ReadExampleAsync(string folder, JsonObject model, CancellationToken cancellationToken)
    {
        if (model["saved_input_example_info"].Member("artifact_path").Text() is not { } name) return null;
        var text = await ReadTextAsync(ArtifactPath.Join(folder, ArtifactPath.Check(name)), MaxExampleBytes, cancellationToken);
        return Parse(text) is { } example ? JsonSerializer.SerializeToElement(example) : null;
    }

    private static JsonElement? SignatureOf(JsonObject model, JsonNode? inputs)
    {
        if (model["signature"] is not JsonObject said) return null;
        var signature = new JsonObject { ["inputs"] = inputs?.DeepClone(), ["outputs"] = Parse(said["outputs"].Text()), ["params"] = Parse(said["params"].Text()) };
        return JsonSerializer.SerializeToElement(signature);
    }

    private async Task<string?> ReadTextAsync(string path, int maxBytes, CancellationToken cancellationToken)
    {
        if (await tree.FindAsync(path, cancellationToken) is not { IsDir: false } entry || entry.SizeBytes > maxBytes) return null;
        return artifacts.FindPath(entry.Sha256!) is { } file ? await File.ReadAllTextAsync(file, Encoding.UTF8, cancellationToken) : null;
    }

    private static JsonNode? Parse(string? json)
    {
        try
        {
            return string.IsNullOrEmpty(json) ? null : MLflowJson.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
