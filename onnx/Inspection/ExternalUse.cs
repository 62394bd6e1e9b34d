using Platform.Onnx.Bundles;

namespace Platform.Onnx.Inspection;

/// <summary>The other files that a model's tensors point to, checked against those that came with it.</summary>
internal sealed class ExternalUse(IReadOnlyDictionary<string, BundledFile> files)
{
    private readonly HashSet<string> _locations = [];
    private string? _problem;

    /// <summary>The files as the tensors name them.</summary>
    public IReadOnlyCollection<string> Locations => _locations;

    public void Add(ExternalTensor tensor)
    {
        if (_locations.Add(tensor.Place.Location) && _locations.Count > ModelBundle.MaxFiles)
            throw new InvalidDataException($"it points to more than {ModelBundle.MaxFiles} other files");
        _problem ??= tensor.FindProblem(files);
    }

    /// <summary>The first thing that is wrong, a sentence; null where the files are those that the tensors need.</summary>
    public string? FindProblem()
    {
        if (_problem is not null) return _problem;
        var used = _locations.Select(BundleName.Plain).ToHashSet(StringComparer.Ordinal);
        return files.Keys.FirstOrDefault(name => !used.Contains(name)) is { } unused
            ? $"No tensor of the model keeps its values in the file '{unused}'. Leave it out, or give it the name that the tensors have for it."
            : null;
    }
}
