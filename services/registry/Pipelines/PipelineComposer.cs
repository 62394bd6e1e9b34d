using Platform.Contracts.Registry;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Onnx.Pipelines;
using Platform.Registry.Requests;
using Platform.Registry.Versions;

namespace Platform.Registry.Pipelines;

/// <summary>
/// Finds the parts of a pipeline and checks that they go together. An alias is what it names at that moment, for good: a pipeline that has passed
/// its gates does not become another when somebody promotes a part.
/// </summary>
internal sealed class PipelineComposer(VersionStore versions)
{
    private const string NoModel = "registry.model_not_found";

    public async Task<Result<ComposedPipeline>> ComposeAsync(PipelineRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var (document, problems) = (request.ToDocument(), new FieldProblems());
        problems.Require("kind", request.Kind == PipelineDocument.Pipeline, $"must be {PipelineDocument.Pipeline}.");
        foreach (var problem in PipelineForm.Check(document)) problems.Add(problem.Field, problem.Reason);
        if (problems.Any) return PipelineErrors.Invalid(problems.ToFields());

        var parts = new List<ModelVersionDescription?>();
        for (var i = 0; i < document.Steps.Count; i++)
            parts.Add(await FindAsync($"steps[{i}]", document.Steps[i], caller, problems, cancellationToken));
        foreach (var problem in PipelineRules.Check(document, [.. parts.Select(part => part is null ? null : PartSignature.Of(part))]))
            problems.Add(problem.Field, problem.Reason);
        return problems.Any ? PipelineErrors.Invalid(problems.ToFields()) : Pin(document, [.. parts.Select(part => part!)]);
    }

    /// <summary>The version that a step asks; null, with the problem noted, where it can ask none.</summary>
    private async Task<ModelVersionDescription?> FindAsync(
        string field, PipelineStep step, Caller caller, FieldProblems problems, CancellationToken cancellationToken)
    {
        problems.Require($"{field}.sha256", step.Sha256 is null, "is set when the pipeline is made.");
        problems.Require($"{field}.alias", step.Alias is null, "is set when the pipeline is made; name an alias as the version.");
        if (!caller.Permits(Permission.Observe, step.Model))
        {
            problems.Add($"{field}.model", $"you may not see the model '{step.Model}'.");
            return null;
        }

        var found = await versions.DescribeAsync(step.Model, step.Version, cancellationToken);
        if (found.Error is { } error) problems.Add(error.Code == NoModel ? $"{field}.model" : $"{field}.version", error.Detail);
        return found.Succeeded(out var part, out _) && CanBePart($"{field}.version", part, problems) ? part : null;
    }

    private static bool CanBePart(string field, ModelVersionDescription part, FieldProblems problems)
    {
        if (part.StatusMessage is { } reason) problems.Add(field, $"version {part.Version} of '{part.Model}' cannot be served: {reason}");
        else if (part.Kind is not null) problems.Add(field, $"version {part.Version} of '{part.Model}' is a pipeline itself; name its steps here instead.");
        else return true;
        return false;
    }

    private static ComposedPipeline Pin(PipelineDocument document, IReadOnlyList<ModelVersionDescription> parts)
    {
        var steps = document.Steps.Zip(parts, (step, part) => step with
        {
            Version = part.Version,
            Alias = step.Version == part.Version ? null : step.Version,
            Sha256 = part.Sha256,
        }).ToList();
        return new ComposedPipeline(document with { Steps = steps }, [.. steps.Zip(parts, (step, part) => new PipelinePart
        {
            Step = step.Name, Model = step.Model, Version = step.Version, Alias = step.Alias, Sha256 = part.Sha256, SizeBytes = part.SizeBytes,
        })]);
    }
}
