using Platform.Contracts.Registry;
using Platform.Onnx.Pipelines;

namespace Platform.Registry.Pipelines;

/// <summary>A pipeline whose parts are found.</summary>
/// <param name="Document">The document, with the versions that its parts were when it was made.</param>
/// <param name="Parts">These versions, in the order of the steps.</param>
internal sealed record ComposedPipeline(PipelineDocument Document, IReadOnlyList<PipelinePart> Parts)
{
    /// <summary>What loading it reads, in bytes.</summary>
    public long SizeBytes => Parts.DistinctBy(part => part.Sha256).Sum(part => part.SizeBytes);
}
