using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Errors;
using Platform.Registry.Models;
using Platform.Registry.Pipelines;
using Platform.Registry.References;
using Platform.Registry.Versions;

namespace Platform.Registry.Uploads;

/// <summary>
/// Makes a version of an upload. Everything is received and checked beside the store, so that a refused upload leaves nothing.
/// </summary>
internal sealed class UploadVersion(
    ModelStore models, VersionStore versions, UploadReader uploads, UploadPacking packing, ModelFileReader files, ReferenceConverter references, TimeProvider time)
{
    public async Task<Result<ModelVersionDescription>> HandleAsync(
        string model, HttpRequest request, string actor, CancellationToken cancellationToken)
    {
        if (uploads.Refuse(request) is { } refusal) return refusal;
        var known = await models.FindAsync(model, cancellationToken);
        if (known.Error is { } unknown) return unknown;
        var received = await uploads.ReadAsync(request, cancellationToken);
        if (!received.Succeeded(out var upload, out var error)) return error;
        using (upload) return await CheckAsync(model, upload, pipeline: null, actor, cancellationToken);
    }

    /// <summary>Makes a version of what was received.</summary>
    /// <param name="model">The model.</param>
    /// <param name="upload">What was received.</param>
    /// <param name="pipeline">What it was composed of where it is a pipeline; null where it is a model's file.</param>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Result<ModelVersionDescription>> CheckAsync(
        string model, Upload upload, ComposedPipeline? pipeline, string actor, CancellationToken cancellationToken)
    {
        var read = await MetadataReader.ReadAsync(upload.Metadata?.Path, cancellationToken);
        if (!read.Succeeded(out var metadata, out var error)) return error;
        if (pipeline is null && await packing.PackAsync(upload, cancellationToken) is { } unpacked) return unpacked;
        var inspected = pipeline is null
            ? await files.ReadAsync(upload.File.Path, upload.File.SizeBytes, cancellationToken)
            : await files.ReadPipelineAsync(upload.File.Path, pipeline.SizeBytes, cancellationToken);
        if (!inspected.Succeeded(out var facts, out error)) return error;
        var problems = MetadataRules.Check(metadata, facts.Signature);
        if (problems.Any) return UploadErrors.MetadataInvalid(problems.ToFields());

        var version = Describe(model, upload, metadata, facts, actor) with { Kind = pipeline?.Document.Kind, Parts = pipeline?.Parts };
        if (upload.Reference is null) return await StoreAsync(version, upload, null, cancellationToken);
        var converted = await references.ConvertAsync(upload.Reference.Path, metadata, facts.Signature, cancellationToken);
        if (!converted.Succeeded(out var reference, out error)) return error;
        using (reference) return await StoreAsync(version, upload, reference, cancellationToken);
    }

    private Task<Result<ModelVersionDescription>> StoreAsync(
        ModelVersionDescription description, Upload upload, ConvertedReference? converted, CancellationToken cancellationToken)
    {
        upload.File.Keep();
        var version = new ModelVersion { Description = description };
        if (converted is not null) version = Keep(version, upload.Reference!, converted);
        return models.ChangeAsync(description.Model, async change =>
            await HoldPartsAsync(change, description, cancellationToken) is { } gone ? gone : (Result<ModelVersionDescription>)VersionCreation.Add(change, version).Description,
            cancellationToken);
    }

    /// <summary>Makes sure that no part is deleted while the pipeline is stored; why it cannot be where one has been.</summary>
    private async Task<Error?> HoldPartsAsync(ModelChange change, ModelVersionDescription pipeline, CancellationToken cancellationToken)
    {
        foreach (var parts in (pipeline.Parts ?? []).GroupBy(part => part.Model))
        {
            var held = await models.HoldAsync(change, parts.Key, cancellationToken);
            if (!held.Succeeded(out var model, out var error)) return error;
            foreach (var version in parts.Select(part => part.Version).Distinct())
                if ((await versions.FindAsync(model, version, cancellationToken)).Error is { } gone) return gone;
        }

        return null;
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
        string model, Upload upload, VersionMetadata metadata, ModelFacts facts, string actor) => new()
    {
        Model = model,
        Status = VersionStatus.Ready,
        Sha256 = upload.File.Sha256,
        SizeBytes = upload.File.SizeBytes,
        Files = upload.Files,
        CreatedAt = time.GetUtcNow(),
        CreatedBy = actor,
        Signature = facts.Signature,
        Opset = facts.Opset,
        Producer = facts.Producer,
        VettedBy = facts.VettedBy,
        Metadata = metadata,
    };
}
