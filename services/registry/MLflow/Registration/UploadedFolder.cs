using System.Collections.Concurrent;
using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Onnx.Bundles;
using Platform.Registry.Artifacts;
using Platform.Registry.MLflow.Artifacts;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.Packing;
using Platform.Registry.Versions;

namespace Platform.Registry.MLflow.Registration;

/// <summary>
/// A version that was uploaded to the platform has no folder of artifacts; where MLflow's client asks for one, it gets one, with what
/// <c>mlflow.onnx.load_model</c> needs.
/// </summary>
internal sealed class UploadedFolder(ArtifactTree tree, ArtifactProxy proxy, IArtifactStore artifacts, IHostApplicationLifetime lifetime)
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> _unpacking = [];

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
        if (version.Description.Files is not { } files) await tree.PutAsync($"{folder}/model.onnx", version.Description.Sha256, version.Description.SizeBytes, cancellationToken);
        else
        {
            await UnpackOnceAsync(version.Description.Sha256, files).WaitAsync(cancellationToken);
            foreach (var file in files) await tree.PutAsync($"{folder}/{file.Name}", file.Sha256, file.SizeBytes, cancellationToken);
        }

        using var index = await proxy.StageAsync(target => target.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Index + "\n"), cancellationToken).AsTask(), cancellationToken);
        await proxy.StoreAsync($"{folder}/MLmodel", index, cancellationToken);
    }

    /// <summary>
    /// Whoever asks for a bundle's files while they are unpacked waits for the same run, which goes on when they leave: a large one is there at a later try.
    /// </summary>
    private Task UnpackOnceAsync(string sha256, IReadOnlyList<ModelFileDescription> files) => _unpacking.GetOrAdd(sha256, _ => new Lazy<Task>(() => Task.Run(async () =>
    {
        try
        {
            await UnpackAsync(sha256, files, lifetime.ApplicationStopping);
        }
        catch (InvalidDataException)
        {
            throw NotHere(sha256);
        }
        finally
        {
            _unpacking.TryRemove(sha256, out Lazy<Task>? _);
        }
    }))).Value;

    /// <summary>Stores the files of a bundle one by one, as MLflow's client asks for them, but for those that are there.</summary>
    private async Task UnpackAsync(string sha256, IReadOnlyList<ModelFileDescription> files, CancellationToken cancellationToken)
    {
        var path = artifacts.FindPath(sha256) ?? throw NotHere(sha256);
        var bundle = ModelBundle.Open(path);
        foreach (var (file, description) in bundle.Data.Values.Prepend(bundle.Model).Zip(files).Where(pair => artifacts.FindPath(pair.Second.Sha256) is null))
        {
            using var staged = await proxy.StageAsync(async target =>
            {
                await using var content = PackedFiles.Within(path, file).Open();
                await content.CopyToAsync(target, cancellationToken);
            }, cancellationToken);
            if (staged.Sha256 != description.Sha256) throw NotHere(sha256);
            staged.Keep();
        }
    }

    private static MLflowException NotHere(string sha256) => MLflowException.From(ArtifactFile.NotFound(sha256));
}
