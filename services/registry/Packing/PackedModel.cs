using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;

namespace Platform.Registry.Packing;

/// <summary>A model with its data files, in one file. Disposing it removes it unless it was kept.</summary>
/// <param name="Bundle">The file.</param>
/// <param name="Files">What is in it; null where it is the ONNX file alone.</param>
internal sealed record PackedModel(IStagedArtifact Bundle, IReadOnlyList<ModelFileDescription>? Files) : IDisposable
{
    public void Dispose() => Bundle.Dispose();
}
