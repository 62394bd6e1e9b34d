using System.Text;

namespace Platform.Inference.RowFiles;

/// <summary>The columns of a file, in the order in which they come up. They stand in the job's document, hence the bounds.</summary>
internal sealed class FileColumns
{
    /// <summary>More columns are a mistake of the file.</summary>
    public const int Most = 8192;

    /// <summary>Bytes of a name.</summary>
    public const int LongestName = 1024;

    /// <summary>Bytes of all names together: twice as many features as a model may have, of 32 bytes each.</summary>
    public const int MostNameBytes = 256 << 10;

    private readonly List<FileColumn> _columns = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private int _nameBytes;

    public IReadOnlyList<FileColumn> All => _columns;

    public int? Find(string name) => _places.TryGetValue(name, out var place) ? place : null;

    /// <summary>Adds a column that is not there yet, and answers its place.</summary>
    /// <exception cref="RowFileException">It is one too many, or its name is too long.</exception>
    public int Add(string name)
    {
        if (_columns.Count == Most) throw new RowFileException($"The file has more than {Most} different columns.");
        var bytes = Encoding.UTF8.GetByteCount(name);
        if (bytes > LongestName) throw new RowFileException($"The file has a column whose name takes {bytes} bytes, more than {LongestName}: it begins with '{name[..50]}'.");
        if ((_nameBytes += bytes) > MostNameBytes) throw new RowFileException($"The names of the file's columns take more than {MostNameBytes} bytes together.");
        _places.Add(name, _columns.Count);
        _columns.Add(new(name));
        return _columns.Count - 1;
    }
}
