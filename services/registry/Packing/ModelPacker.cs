using System.IO.Compression;
using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Errors;
using Platform.Onnx.Bundles;

namespace Platform.Registry.Packing;

/// <summary>
/// Makes one file of a model and its data files, however they came: as files, or in an archive. It has the same digest for the same files, so that
/// from there on it is stored, fetched, checked and mended as an ONNX file is. Whether the tensors fit the files says who looks at it next.
/// </summary>
internal sealed class ModelPacker(IArtifactStore artifacts)
{
    private const string Onnx = ".onnx";

    /// <summary>Packs what an archive holds; null where the file is none.</summary>
    public async Task<Result<PackedModel>?> UnpackAsync(string path, long maxBytes, CancellationToken cancellationToken)
    {
        var kind = ArchiveKinds.Of(path);
        if (kind == ArchiveKind.None) return null;
        return await GuardAsync(async () =>
        {
            if (kind == ArchiveKind.Tar) return await PackArchiveAsync(TarListing.Read(path), maxBytes, cancellationToken);
            if (kind == ArchiveKind.Zip)
            {
                using var zip = new ZipListing(path);
                return await PackArchiveAsync(zip.Files, maxBytes, cancellationToken);
            }

            await using var compressed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var tar = await artifacts.StageAsync(compressed, maxBytes, cancellationToken);
            return ArchiveKinds.Of(tar.Path) == ArchiveKind.Tar
                ? await PackArchiveAsync(TarListing.Read(tar.Path), maxBytes, cancellationToken)
                : PackingErrors.Invalid("The file is compressed, but holds no tar archive. Send the ONNX file itself, or a zip or tar archive with its data files.");
        });
    }

    /// <summary>Packs an ONNX file with its data files.</summary>
    public Task<Result<PackedModel>> PackAsync(BundleSource model, IReadOnlyList<BundleSource> data, long maxBytes, CancellationToken cancellationToken) =>
        GuardAsync(() => WriteAsync(model, data, maxBytes, cancellationToken));

    /// <summary>The only ONNX file is the model; the others are named as they lie below its folder.</summary>
    private async Task<Result<PackedModel>> PackArchiveAsync(IReadOnlyList<BundleSource> files, long maxBytes, CancellationToken cancellationToken)
    {
        var models = files.Where(file => file.Name.EndsWith(Onnx, StringComparison.OrdinalIgnoreCase)).ToList();
        if (models is not [var model])
            return PackingErrors.Invalid($"The archive must hold one file that ends in {Onnx}, but holds {models.Count}.");
        var folder = model.Name[..(model.Name.LastIndexOf('/') + 1)];
        if (files.FirstOrDefault(file => !file.Name.StartsWith(folder, StringComparison.Ordinal)) is { } outside)
            return PackingErrors.Invalid($"The archive holds '{outside.Name}' outside the folder of its model, '{model.Name}'.");
        var data = files.Where(file => file != model).Select(file => file with { Name = file.Name[folder.Length..] }).ToList();
        return await WriteAsync(model, data, maxBytes, cancellationToken);
    }

    private async Task<Result<PackedModel>> WriteAsync(BundleSource model, IReadOnlyList<BundleSource> data, long maxBytes, CancellationToken cancellationToken)
    {
        if (data.Select(file => (file.Name, Problem: BundleName.FindProblem(file.Name))).FirstOrDefault(file => file.Problem is not null) is { Problem: { } problem } bad)
            return PackingErrors.Invalid($"The data file '{bad.Name}' {problem}.");
        if (data.Count > ModelBundle.MaxFiles) return PackingErrors.Invalid($"A model may have {ModelBundle.MaxFiles} data files, not {data.Count}.");
        if (data.Append(model).Sum(file => (decimal)file.Length) > maxBytes) return PackingErrors.TooLarge(maxBytes);
        if (data.Count == 0) return await StageAsync(model, maxBytes, cancellationToken); // an archive of the ONNX file alone
        IReadOnlyList<WrittenFile> written = [];
        var staged = await artifacts.StageAsync(
            async target => written = await BundleWriter.WriteAsync(target, model, data, cancellationToken), long.MaxValue, cancellationToken);
        return new PackedModel(staged, [.. written.Select(file => new ModelFileDescription { Name = file.Name, SizeBytes = file.Length, Sha256 = file.Sha256 })]);
    }

    private async Task<Result<PackedModel>> StageAsync(BundleSource model, long maxBytes, CancellationToken cancellationToken)
    {
        await using var content = model.Open();
        var staged = await artifacts.StageAsync(content, maxBytes, cancellationToken);
        if (ArchiveKinds.Of(staged.Path) == ArchiveKind.None) return new PackedModel(staged, null);
        staged.Dispose();
        return PackingErrors.Invalid($"The archive's model, '{model.Name}', is an archive itself. Send that one.");
    }

    private static async Task<Result<PackedModel>> GuardAsync(Func<Task<Result<PackedModel>>> pack)
    {
        try
        {
            return await pack();
        }
        catch (ArtifactTooLargeException exception)
        {
            return PackingErrors.TooLarge(exception.MaxBytes);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException or FormatException)
        {
            return PackingErrors.Invalid($"The archive cannot be read: {exception.Message.TrimEnd('.')}.");
        }
    }
}
