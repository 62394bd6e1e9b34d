using Platform.Hosting.Errors;

namespace Platform.Registry.Pipelines;

internal static class PipelineErrors
{
    /// <summary>What is wrong, by place.</summary>
    public static Error Invalid(IReadOnlyDictionary<string, string[]> fields) =>
        Problems.Invalid(fields) with { Status = StatusCodes.Status422UnprocessableEntity, Code = "registry.pipeline_invalid" };
}
