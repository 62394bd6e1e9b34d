using Microsoft.Extensions.Options;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Errors;
using Platform.Onnx.Bundles;
using Platform.Onnx.Inspection;
using Platform.Registry.MLflow.Artifacts;
using Platform.Registry.Packing;
using Platform.Registry.Uploads;

namespace Platform.Registry.MLflow.Registration;

/// <summary>Packs an ONNX file of a folder with the files beside it that its tensors keep values in.</summary>
internal sealed class PackagePacking(ArtifactTree tree, IArtifactStore artifacts, ModelPacker packer, IOptions<UploadOptions> options)
{
    /// <summary>Null where the ONNX file has everything inside and is no archive, as a version in several files is when it is downloaded. What is missing, whoever looks at the bundle finds.</summary>
    public async Task<Result<PackedModel>?> PackAsync(ArtifactEntry onnx, string path, CancellationToken cancellationToken)
    {
        if (await packer.UnpackAsync(path, options.Value.MaxModelBytes, cancellationToken) is { } unpacked) return unpacked;
        // Read by our own code, in constant memory; the runtime sees it in a process of its own alone.
        var inspection = await Task.Run(() => ModelInspector.Inspect(path), cancellationToken);
        if (inspection.ExternalData.Count == 0) return null;
        var data = new List<BundleSource>();
        foreach (var name in inspection.ExternalData.Select(BundleName.Plain).Distinct().Where(name => BundleName.FindProblem(name) is null))
        {
            var entry = await tree.FindAsync(ArtifactPath.Join(ArtifactPath.FolderOf(onnx.Path), name), cancellationToken);
            if (entry is { IsDir: false } && artifacts.FindPath(entry.Sha256!) is { } file) data.Add(PackedFiles.At(name, file));
        }

        if (data.Count == 0) return null;
        return await packer.PackAsync(PackedFiles.At(onnx.Path, path), data, options.Value.MaxModelBytes, cancellationToken);
    }
}
