using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Registry.Packing;

namespace Platform.Registry.Uploads;

/// <summary>Packs a model that came in several files, or in an archive, into the one that is stored.</summary>
internal sealed class UploadPacking(ModelPacker packer, IOptions<UploadOptions> options)
{
    /// <summary>Why it cannot be packed; null where it was, or is one file in any case.</summary>
    public async Task<Error?> PackAsync(Upload upload, CancellationToken cancellationToken)
    {
        var limit = options.Value.MaxModelBytes;
        var data = upload.Data.Select(file => PackedFiles.At(file.Key, file.Value.Path)).ToList();
        var unpacked = await packer.UnpackAsync(upload.Model.Path, limit, cancellationToken);
        if (unpacked is not null && data.Count > 0)
        {
            if (unpacked.Value.Succeeded(out var archive, out _)) archive.Dispose();
            return UploadErrors.DataBesideArchive;
        }

        if (unpacked is null && data.Count == 0) return null;
        var result = unpacked ?? await packer.PackAsync(PackedFiles.At(Upload.ModelPart, upload.Model.Path), data, limit, cancellationToken);
        if (!result.Succeeded(out var packed, out var error)) return error;
        upload.Pack(packed);
        return null;
    }
}
