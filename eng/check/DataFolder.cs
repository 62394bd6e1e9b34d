using Platform.Check.Artifacts;
using Platform.Check.Folders;
using Platform.Check.Logs;
using Platform.Check.Reports;
using Platform.Check.Stores;
using Platform.Hosting.Documents.Files;

namespace Platform.Check;

/// <summary>A data folder: that of a process, or one that holds those of several.</summary>
internal sealed class DataFolder(string path, IReadOnlyList<ProcessFolder> processes)
{
    /// <summary>Throws <see cref="IOException"/> when there is nothing of the platform in it.</summary>
    public static DataFolder Find(string path)
    {
        var processes = ProcessFolder.Find(path);
        return processes.Count > 0 ? new DataFolder(path, processes)
            : throw new IOException($"There is nothing of the platform in '{path}'; --data names the data folder of ./dev run or ./dev up.");
    }

    /// <summary>Reads all of it and changes nothing. Throws <see cref="IOException"/> when a process has it open.</summary>
    public Report Look()
    {
        using var locks = FolderLocks.Take(processes.SelectMany(process => process.Locks).Prepend(path));
        var report = new Report(path);
        var stores = processes.SelectMany(process => process.Stores).ToDictionary(store => store, store => new StoreCheck(store, report).Run());
        foreach (var process in processes)
        {
            var documents = process.Stores.Select(store => stores[store]).OfType<StoreState>().ToList();
            if (process.Log is { } log) new LogCheck(log, report).Run();
            ArtifactCheck.Run(process, ArtifactCopies.In(path, processes), documents, report);
            UploadCheck.Run(process.Uploads, report);
            KeyCheck.Run(process.Path, documents, report);
        }
        KeyCheck.Run(path, [.. stores.Values.OfType<StoreState>()], report);
        OtherFiles.Note(path, report);
        return report;
    }

    /// <summary>Sets aside what is damaged and rebuilds what can be had again.</summary>
    public void Mend(Report report)
    {
        // Stores and logs take their own.
        using var locks = FolderLocks.Take(processes.Select(process => process.Path).Prepend(path));
        bool IsFaulty(string folder) => report.Faults.Any(fault => fault.File.StartsWith(report.NameOf(folder) + "/", StringComparison.Ordinal));
        foreach (var store in processes.SelectMany(process => process.Stores).Where(IsFaulty)) StoreRepair.Run(store);
        foreach (var process in processes)
        {
            if (process.Log is { } log && IsFaulty(log)) LogRepair.Run(log);
            ArtifactRepair.Run(process, ArtifactCopies.In(path, processes), path, report);
        }
        SecretFile.SetAside(path, report);
    }
}
