using Platform.Hosting.Artifacts;
using Platform.Onnx.Bundles;
using Platform.Registry.MLflow.Artifacts;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.Packing;
using Platform.Registry.Versions;

namespace Platform.Registry.MLflow.Registration;

/// <summary>
/// A version that was uploaded to the platform has no folder of artifacts; where MLflow's client asks for one, it gets one, with what
/// <c>mlflow.onnx.load_model</c> needs.
/// </summary>
internal sealed class UploadedFolder(ArtifactTree tree, ArtifactProxy proxy, IArtifactStore artifacts)
{
    private const string Index = """
        flavors:
          onnx:
            data: model.onnx
            providers:
            - CPUExecutionProvider
          python_function:
            data: model.onnx
            loader_module: mlflow.onnx
        """;

    public async Task FillAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        var folder = ModelVersionView.UploadedFolder(version);
        if (version.Description.Kind is not null)
        {
            await tree.PutAsync($"{folder}/pipeline.json", version.Description.Sha256, version.Description.SizeBytes, cancellationToken);
            return; // MLflow has no flavor for it
        }

        if (await tree.FindAsync($"{folder}/MLmodel", cancellationToken) is not null) return;
        if (version.Description.Files is null) await tree.PutAsync($"{folder}/model.onnx", version.Description.Sha256, version.Description.SizeBytes, cancellationToken);
        else await UnpackAsync(folder, version.Description.Sha256, cancellationToken);
        using var index = await proxy.StageAsync(target => target.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Index + "\n"), cancellationToken).AsTask(), cancellationToken);
        await proxy.StoreAsync($"{folder}/MLmodel", index, cancellationToken);
    }

    /// <summary>Stores the files of a bundle one by one, as MLflow's client asks for them.</summary>
    private async Task UnpackAsync(string folder, string sha256, CancellationToken cancellationToken)
    {
        var path = artifacts.FindPath(sha256) ?? throw MLflowException.NotFound($"The file {sha256} is not here.");
        var bundle = ModelBundle.Open(path);
        foreach (var file in bundle.Data.Values.Prepend(bundle.Model))
        {
            using var staged = await proxy.StageAsync(async target =>
            {
                await using var content = PackedFile.Within(path, file).Open();
                await content.CopyToAsync(target, cancellationToken);
            }, cancellationToken);
            await proxy.StoreAsync($"{folder}/{file.Name}", staged, cancellationToken);
        }
    }
}
