using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Errors;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.MLflow.Runs;
using Platform.Registry.Models;
using Platform.Registry.Packing;
using Platform.Registry.Uploads;
using Platform.Registry.Versions;

namespace Platform.Registry.MLflow.Registration;

/// <summary>
/// Makes a version of artifacts that are here. The ONNX file among them is looked at as an uploaded one is; where there is none, or it is no good,
/// the version is kept all the same and says why it cannot be served. What the run has logged becomes the version's lineage.
/// </summary>
internal sealed class VersionFromArtifacts(
    VersionSource sources, PackageReader packages, PackagePacking packing, RunStore runs, ModelStore models, ModelFileReader files, IArtifactStore artifacts, TimeProvider time)
{
    private const string PromptTag = "mlflow.prompt.is_prompt";

    public async Task<ModelVersion> HandleAsync(Model model, CreateModelVersion request, MLflowCall call)
    {
        var tags = RegistryNames.CheckTags(request.Tags);
        var origin = await sources.ResolveAsync(request, tags.GetValueOrDefault(PromptTag) == "true", call.Cancellation);
        var package = await packages.ReadAsync(origin.Location ?? origin.Source, call.Cancellation);
        var ((facts, problem), packed) = await InspectAsync(package, call.Cancellation);
        using var bundle = packed;
        var metadata = await DescribeAsync(origin, request.Description.OrNull(), tags, call.Cancellation);
        var version = new ModelVersion
        {
            Origin = origin,
            Description = new ModelVersionDescription
            {
                Model = model.Name,
                Status = problem is null ? VersionStatus.Ready : VersionStatus.NotServable,
                StatusMessage = problem,
                Sha256 = problem is null ? packed?.Bundle.Sha256 ?? package.Onnx!.Sha256! : "",
                SizeBytes = problem is null ? packed?.Bundle.SizeBytes ?? package.Onnx!.SizeBytes ?? 0 : 0,
                Files = problem is null ? packed?.Files : null,
                CreatedAt = time.GetUtcNow(),
                CreatedBy = call.Actor,
                Signature = facts?.Signature ?? new ModelSignature(),
                Opset = facts?.Opset ?? 0,
                Producer = facts?.Producer ?? "",
                VettedBy = facts?.VettedBy,
                Metadata = facts is null ? metadata : ColumnFeatures.AddTo(metadata, package.Columns, facts.Signature),
                Package = package.Description,
            },
        };
        if (problem is null) packed?.Bundle.Keep();
        var stored = (await models.ChangeAsync<ModelVersion>(model.Name, change => VersionCreation.Add(change, version), call.Cancellation)).OrThrow();
        if (origin.ModelId is { } logged) await sources.NoteAsync(logged, model.Name, stored.Description.Version, call.Cancellation);
        return stored;
    }

    private async Task<((ModelFacts? Facts, string? Problem), PackedModel? Packed)> InspectAsync(Package package, CancellationToken cancellationToken)
    {
        if (package.Onnx is not { } onnx) return ((null, package.Problem), null);
        if (artifacts.FindPath(onnx.Sha256!) is not { } path) return ((null, "Its ONNX file is not in the artifact store."), null);
        PackedModel? packed = null;
        if (await packing.PackAsync(onnx, path, cancellationToken) is { } result && !result.Succeeded(out packed, out var refusal)) return ((null, refusal.Detail), null);
        try
        {
            var (file, size) = packed is null ? (path, onnx.SizeBytes ?? 0) : (packed.Bundle.Path, packed.Bundle.SizeBytes);
            return (Judge(await files.ReadAsync(file, size, cancellationToken)), packed);
        }
        catch
        {
            packed?.Dispose();
            throw;
        }
    }

    private static (ModelFacts? Facts, string? Problem) Judge(Result<ModelFacts> read)
    {
        if (read.Succeeded(out var facts, out var error)) return (facts, null);
        return error.Status == StatusCodes.Status422UnprocessableEntity ? (null, error.Detail) : throw MLflowException.From(error);
    }

    private async Task<VersionMetadata> DescribeAsync(
        VersionOrigin origin, string? description, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var said = new VersionMetadata { Description = description, Tags = tags.Count > 0 ? tags : null };
        return origin.RunId is { } id && await FindAsync(id, cancellationToken) is { } run ? RunLineage.AddTo(said, run) : said;
    }

    private async Task<Run?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await runs.FindAsync(id, cancellationToken);
        }
        catch (MLflowException)
        {
            return null; // of another server: its id is kept
        }
    }
}
