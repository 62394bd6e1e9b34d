using Platform.Hosting.Artifacts;

namespace Platform.Registry.References;

/// <summary>A reference dataset as tensors of a version's signature.</summary>
/// <param name="Rows">JSON lines of <see cref="Platform.Contracts.Registry.ReferenceRow"/>, not kept yet.</param>
/// <param name="Count">The number of rows.</param>
/// <param name="MediaType">What the uploaded file was.</param>
internal sealed record ConvertedReference(IStagedArtifact Rows, int Count, string MediaType) : IDisposable
{
    public void Dispose() => Rows.Dispose();
}
