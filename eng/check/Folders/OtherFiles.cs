using Platform.Check.Reports;

namespace Platform.Check.Folders;

/// <summary>Files that were not read: what they are for, so that nobody takes them for good.</summary>
internal static class OtherFiles
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    // What ./dev up keeps of its servers, each of which checks its own.
    private static readonly HashSet<string> Servers = ["rabbitmq", "postgres", "kafka", "mongodb"];

    public static void Note(string data, Report report)
    {
        foreach (var kind in Directory.EnumerateFiles(data, "*", Everything).Where(path => !report.WasRead(path)).GroupBy(path => KindOf(report.NameOf(path)))
                     .OrderBy(kind => kind.Key, StringComparer.Ordinal))
            if (kind.Key is { } what) report.Note($"not checked: {kind.Count()} {what}, the first {report.NameOf(kind.Order(StringComparer.Ordinal).First())}");
    }

    /// <summary>Null for those that hold nothing.</summary>
    private static string? KindOf(string file) => file.Split('/') switch
    {
        [.., "lock"] => null,
        [var server, _, ..] when Servers.Contains(server) => "files of a server, which checks its own",
        [.., "damaged", _] => "files that were found damaged before; remove them when that is mended",
        ["logs", ..] => "logs for people, which nothing reads back",
        ["run", ..] or ["ports.json"] => "notes about running processes",
        [.., var name] when Path.GetExtension(name) is ".secret" or ".key" => "secrets of which nothing tells whether they are right",
        [.., var name] when name.StartsWith("documents.db", StringComparison.Ordinal) || name == "documents.state" =>
            "files of SQLite, whose records are checked while their process runs",
        [.., "before-sqlite", _] or [.., "before-sqlite", _, _] or [.., "before-sqlite", _, _, _] => "files of documents that were carried over into SQLite",
        [.., "incoming", _] => "uploads that were broken off",
        [.., var unfinished] when unfinished.EndsWith(".tmp", StringComparison.Ordinal) => "files that were not finished",
        _ => "files of which nobody knows what they are",
    };
}
