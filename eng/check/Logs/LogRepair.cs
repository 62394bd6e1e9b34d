using Platform.Hosting.PredictionLog.Files;
using Platform.Hosting.Storage;

namespace Platform.Check.Logs;

/// <summary>
/// Keeps what is damaged of a prediction log apart, and writes its commits anew. Damaged records stay where they are, too: readers pass over
/// them, and to move others would change their addresses.
/// </summary>
internal static class LogRepair
{
    public static void Run(string folder)
    {
        using var folderLock = FolderLock.Take(folder);
        var (files, log, damaged) = (new DurableFiles(), LogFiles.Open(folder), Path.Combine(folder, "damaged"));
        files.CreateFolder(damaged);
        foreach (var (at, page) in log.Pages())
            if (page.DamagedAt is not null) files.Replace(log.PathOfKept(at), log.ReadPage(at));
        foreach (var path in CommitFiles.All(folder))
            if (!LogFiles.IsCommit(path)) files.Rename(path, Path.Combine(damaged, Path.GetFileName(path)));
        files.SyncFolder(damaged);
        if (log.Commit is not null && (log.LacksBeginning || !log.Found.IsLast || CommitFiles.All(folder).Count < CommitFiles.Count))
            CommitFiles.Replace(folder, log.Commit, files);
    }
}
