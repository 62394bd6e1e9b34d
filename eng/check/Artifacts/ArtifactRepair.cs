using Platform.Check.Folders;
using Platform.Check.Reports;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Storage;

namespace Platform.Check.Artifacts;

/// <summary>
/// Sets damaged artifacts aside. Where there is a copy, the right content takes the place again, and the damaged one goes to <c>damaged/</c> of the data
/// folder; else it goes to that of the artifact store, which tells of it until the same content is stored again.
/// </summary>
internal static class ArtifactRepair
{
    public static void Run(ProcessFolder process, ArtifactCopies copies, string data, Report report)
    {
        var of = report.NameOf(Path.Combine(process.Path, "artifacts")) + "/";
        foreach (var fault in report.Faults.Where(fault => fault.File.StartsWith(of, StringComparison.Ordinal)))
        {
            var path = Path.Combine(data, fault.File);
            var copy = copies.Find(Path.GetFileName(path), path);
            if (File.Exists(path)) Move(path, Path.Combine(copy is null ? Path.Combine(process.Path, "artifacts") : data, "damaged", Path.GetFileName(path)));
            if (copy is not null) Copy(copy, path);
        }
    }

    private static void Copy(string from, string path)
    {
        var (files, unfinished) = (new DurableFiles(), path + DurableFiles.TemporarySuffix);
        files.CreateFolder(Path.GetDirectoryName(path)!);
        using (var source = File.OpenRead(from))
        using (var target = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
        {
            source.CopyTo(target);
            target.Flush();
            files.Flush(target.SafeFileHandle);
        }
        if (Digest.OfFile(unfinished, CancellationToken.None) != Path.GetFileName(path)) throw new IOException($"'{from}' has changed while it was copied.");
        files.Rename(unfinished, path);
        files.SyncFolder(Path.GetDirectoryName(path)!);
    }

    private static void Move(string from, string to)
    {
        var files = new DurableFiles();
        files.CreateFolder(Path.GetDirectoryName(to)!);
        files.Rename(from, to);
        files.SyncFolder(Path.GetDirectoryName(to)!);
    }
}
