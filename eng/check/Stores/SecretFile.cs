using Platform.Check.Reports;
using Platform.Hosting.Storage;

namespace Platform.Check.Stores;

/// <summary>The copy of the secret that callbacks are signed with: the service writes it again at its next start.</summary>
internal static class SecretFile
{
    public const string Source = "at the next start, from the document of the service";

    public static void SetAside(string data, Report report)
    {
        var files = new DurableFiles();
        foreach (var path in report.Faults.Where(fault => fault.Source == Source).Select(fault => Path.Combine(data, fault.File)))
        {
            var damaged = files.CreateFolder(Path.Combine(data, "damaged"));
            files.Rename(path, Path.Combine(damaged, Path.GetFileName(path)));
            files.SyncFolder(damaged);
        }
    }
}
