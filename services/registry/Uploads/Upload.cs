using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Registry.Packing;

namespace Platform.Registry.Uploads;

/// <summary>The parts of an upload as they were received, by name. Disposing it removes what has not been kept.</summary>
internal sealed class Upload : IDisposable
{
    public const string ModelPart = "model";
    public const string MetadataPart = "metadata";
    public const string ReferencePart = "reference";

    public const string DataPart = "data";

    private readonly Dictionary<string, IStagedArtifact> _parts = [];
    private readonly Dictionary<string, IStagedArtifact> _data = [];
    private PackedModel? _packed;

    /// <summary>The model as it came: an ONNX file, an archive, or the document of a pipeline.</summary>
    public IStagedArtifact Model => _parts[ModelPart];

    /// <summary>The data files that came with it, by name.</summary>
    public IReadOnlyDictionary<string, IStagedArtifact> Data => _data;

    /// <summary>The model as it is stored: as it came, or packed.</summary>
    public IStagedArtifact File => _packed?.Bundle ?? Model;

    /// <summary>The files that were packed; null where there is one alone.</summary>
    public IReadOnlyList<ModelFileDescription>? Files => _packed?.Files;

    /// <summary>Bytes of the model and its data files.</summary>
    public long ModelBytes => _data.Values.Sum(file => file.SizeBytes) + (_parts.GetValueOrDefault(ModelPart)?.SizeBytes ?? 0);

    /// <summary>The metadata, as JSON; null when there was nothing to say.</summary>
    public IStagedArtifact? Metadata => _parts.GetValueOrDefault(MetadataPart);

    /// <summary>The reference dataset; null when none was sent.</summary>
    public IStagedArtifact? Reference => _parts.GetValueOrDefault(ReferencePart);

    public bool Has(string part) => _parts.ContainsKey(part);

    public void Add(string part, IStagedArtifact content) => _parts.Add(part, content);

    /// <summary>Adds a data file; false where there is one of that name.</summary>
    public bool TryAddData(string name, IStagedArtifact content) => _data.TryAdd(name, content);

    /// <summary>Stores this in the place of what came.</summary>
    public void Pack(PackedModel packed) => _packed = packed;

    public void Dispose()
    {
        foreach (var part in _parts.Values.Concat(_data.Values)) part.Dispose();
        _packed?.Dispose();
    }
}
