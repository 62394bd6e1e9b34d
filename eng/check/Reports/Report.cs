namespace Platform.Check.Reports;

/// <summary>What was found in a data folder.</summary>
internal sealed class Report(string data)
{
    private readonly SortedDictionary<string, KindTotal> _kinds = new(StringComparer.Ordinal);
    private readonly List<Fault> _faults = [];
    private readonly List<string> _notes = [];
    private readonly HashSet<string> _read = [];

    public IReadOnlyDictionary<string, KindTotal> Kinds => _kinds;

    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>What is worth knowing and no fault.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>How it is called here: seen from the data folder.</summary>
    public string NameOf(string path) => Path.GetRelativePath(data, path);

    public bool WasRead(string path) => _read.Contains(path);

    /// <summary>A file of that kind was read.</summary>
    public void Read(string kind, string path, long records = 1)
    {
        if (!_read.Add(path)) return;
        var total = _kinds.GetValueOrDefault(kind);
        _kinds[kind] = total with { Files = total.Files + 1, Records = total.Records + records, Bytes = total.Bytes + new FileInfo(path).Length };
    }

    /// <summary>Records of that kind were found, in files that are counted already.</summary>
    public void Found(string kind, long records)
    {
        var total = _kinds.GetValueOrDefault(kind);
        _kinds[kind] = total with { Records = total.Records + records };
    }

    public void Add(Fault fault)
    {
        _faults.Add(fault);
        var total = _kinds.GetValueOrDefault(fault.Kind);
        _kinds[fault.Kind] = total with { Faults = total.Faults + 1 };
    }

    public void Note(string note) => _notes.Add(note);
}
