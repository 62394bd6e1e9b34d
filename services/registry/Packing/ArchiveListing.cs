using Platform.Onnx.Bundles;

namespace Platform.Registry.Packing;

/// <summary>The files of an archive, vetted by its list. None is unpacked to a path: their bytes are read where they lie.</summary>
internal sealed class ArchiveListing
{
    /// <summary>The most of an archive that is read to list it.</summary>
    public const long MaxListBytes = 8 << 20;

    private const int MaxEntries = 2 * ModelBundle.MaxFiles;

    private readonly List<BundleSource> _files = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _entries;

    public IReadOnlyList<BundleSource> Files => _files;

    /// <summary>Counts an entry, whatever it is.</summary>
    /// <exception cref="InvalidDataException">There are too many: the rest of a sentence.</exception>
    public void Count()
    {
        if (++_entries > MaxEntries) throw new InvalidDataException($"it holds more than {MaxEntries} files and folders");
    }

    /// <exception cref="InvalidDataException">It must not be there: the rest of a sentence.</exception>
    public void Add(BundleSource file)
    {
        file = file with { Name = BundleName.Plain(file.Name) };
        if (BundleName.FindPathProblem(file.Name) is { } problem) throw new InvalidDataException($"'{file.Name}' {problem}");
        if (!_names.Add(file.Name)) throw new InvalidDataException($"'{file.Name}' is in it twice");
        if (_files.Count > ModelBundle.MaxFiles) throw new InvalidDataException($"it holds more than {ModelBundle.MaxFiles} data files");
        _files.Add(file);
    }

    public static InvalidDataException NoFile(string name) => new($"'{name}' is a link or something else that is neither a file nor a folder");
}
