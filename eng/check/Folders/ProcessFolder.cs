namespace Platform.Check.Folders;

/// <summary>What one process, or replicas that share a folder, keep: a folder for each store, one for the log, one for artifacts.</summary>
internal sealed record ProcessFolder(string Path)
{
    private static readonly string[] PartsOfStore = ["documents", "events", "journal"];

    /// <summary>The folder itself; those of the services of <c>./dev up</c>; those of replicas that share a volume.</summary>
    public static IReadOnlyList<ProcessFolder> Find(string data) =>
        [.. Candidates(data).Select(path => new ProcessFolder(path)).Where(folder => folder.HoldsAnything)];

    /// <summary>The stores of documents.</summary>
    public IReadOnlyList<string> Stores { get; } =
        [.. Folders(Path).Where(folder => PartsOfStore.Any(part => Directory.Exists(System.IO.Path.Combine(folder, part)))
            || File.Exists(System.IO.Path.Combine(folder, "account.json")))];

    /// <summary>The prediction log; null when there is none.</summary>
    public string? Log => Existing("prediction-log");

    /// <summary>The artifacts; null when there are none.</summary>
    public string? Artifacts => Existing("artifacts");

    /// <summary>The parts of uploads; null when there are none.</summary>
    public string? Uploads => Existing("mlflow-uploads");

    /// <summary>Folders that a process locks.</summary>
    public IEnumerable<string> Locks => Stores.Concat(Log is null ? [] : [Log]).Prepend(Path);

    private bool HoldsAnything => Stores.Count > 0 || Log is not null || Artifacts is not null;

    private string? Existing(string name) => System.IO.Path.Combine(Path, name) is var folder && Directory.Exists(folder) ? folder : null;

    private static IEnumerable<string> Candidates(string data)
    {
        string[] first = [data, .. Folders(System.IO.Path.Combine(data, "services"))];
        return first.Concat(first.SelectMany(Folders).Where(folder => System.IO.Path.GetFileName(folder).StartsWith("replica-", StringComparison.Ordinal)));
    }

    private static string[] Folders(string path) => Directory.Exists(path) ? [.. Directory.GetDirectories(path).Order(StringComparer.Ordinal)] : [];
}
