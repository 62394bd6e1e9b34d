using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Errors;
using Platform.Registry.Models;
using Platform.Registry.References;
using Platform.Registry.Versions;

namespace Platform.Registry.Uploads;

/// <summary>
/// Makes a version of an upload. Everything is received and checked beside the store, so that a refused upload leaves nothing.
/// </summary>
internal sealed class UploadVersion(
    ModelStore models, UploadReader uploads, ModelFileReader files, ReferenceConverter references, TimeProvider time)
{
    public async Task<Result<ModelVersionDescription>> HandleAsync(
        string model, HttpRequest request, string actor, CancellationToken cancellationToken)
    {
        if (uploads.Refuse(request) is { } refusal) return refusal;
        var known = await models.FindAsync(model, cancellationToken);
        if (known.Error is { } unknown) return unknown;
        var received = await uploads.ReadAsync(request, cancellationToken);
        if (!received.Succeeded(out var upload, out var error)) return error;
        using (upload) return await CheckAsync(model, upload, actor, cancellationToken);
    }

    private async Task<Result<ModelVersionDescription>> CheckAsync(
        string model, Upload upload, string actor, CancellationToken cancellationToken)
    {
        var read = await MetadataReader.ReadAsync(upload.Metadata?.Path, cancellationToken);
        if (!read.Succeeded(out var metadata, out var error)) return error;
        var inspected = await files.ReadAsync(upload.Model.Path, upload.Model.SizeBytes, cancellationToken);
        if (!inspected.Succeeded(out var facts, out error)) return error;
        var problems = MetadataRules.Check(metadata, facts.Signature);
        if (problems.Any) return UploadErrors.MetadataInvalid(problems.ToFields());

        var version = Describe(model, upload.Model, metadata, facts, actor);
        if (upload.Reference is null) return await StoreAsync(version, upload, null, cancellationToken);
        var converted = await references.ConvertAsync(upload.Reference.Path, metadata, facts.Signature, cancellationToken);
        if (!converted.Succeeded(out var reference, out error)) return error;
        using (reference) return await StoreAsync(version, upload, reference, cancellationToken);
    }

    private Task<Result<ModelVersionDescription>> StoreAsync(
        ModelVersionDescription description, Upload upload, ConvertedReference? converted, CancellationToken cancellationToken)
    {
        upload.Model.Keep();
        var version = new ModelVersion { Description = description };
        if (converted is not null) version = Keep(version, upload.Reference!, converted);
        return models.ChangeAsync<ModelVersionDescription>(description.Model, change => VersionCreation.Add(change, version).Description, cancellationToken);
    }

    private static ModelVersion Keep(ModelVersion version, IStagedArtifact uploaded, ConvertedReference converted) => version with
    {
        ReferenceType = converted.MediaType,
        Description = version.Description with
        {
            Reference = new ReferenceDescription
            {
                Rows = converted.Count,
                Digest = Digest.Prefixed(uploaded.Keep().Sha256),
                RowsDigest = Digest.Prefixed(converted.Rows.Keep().Sha256),
            },
        },
    };

    private ModelVersionDescription Describe(
        string model, IStagedArtifact file, VersionMetadata metadata, ModelFacts facts, string actor) => new()
    {
        Model = model,
        Status = VersionStatus.Ready,
        Sha256 = file.Sha256,
        SizeBytes = file.SizeBytes,
        CreatedAt = time.GetUtcNow(),
        CreatedBy = actor,
        Signature = facts.Signature,
        Opset = facts.Opset,
        Producer = facts.Producer,
        VettedBy = facts.VettedBy,
        Metadata = metadata,
    };
}
