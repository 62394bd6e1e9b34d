using Platform.Hosting.Artifacts;

namespace Platform.Registry.Uploads;

/// <summary>The parts of an upload as they were received, by name. Disposing it removes what has not been kept.</summary>
internal sealed class Upload : IDisposable
{
    public const string ModelPart = "model";
    public const string MetadataPart = "metadata";
    public const string ReferencePart = "reference";

    private readonly Dictionary<string, IStagedArtifact> _parts = [];

    /// <summary>The model file.</summary>
    public IStagedArtifact Model => _parts[ModelPart];

    /// <summary>The metadata, as JSON; null when there was nothing to say.</summary>
    public IStagedArtifact? Metadata => _parts.GetValueOrDefault(MetadataPart);

    /// <summary>The reference dataset; null when none was sent.</summary>
    public IStagedArtifact? Reference => _parts.GetValueOrDefault(ReferencePart);

    public bool Has(string part) => _parts.ContainsKey(part);

    public void Add(string part, IStagedArtifact content) => _parts.Add(part, content);

    public void Dispose()
    {
        foreach (var part in _parts.Values) part.Dispose();
    }
}
