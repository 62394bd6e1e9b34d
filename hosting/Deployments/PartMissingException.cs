using Platform.Contracts.Registry;

namespace Platform.Hosting.Deployments;

/// <summary>The registry has not the file of a pipeline's part.</summary>
public sealed class PartMissingException(PipelinePart part, Exception inner)
    : Exception($"Step '{part.Step}' ({part.Model} version {part.Version}): the registry has not its file.", inner);
