using Platform.Check.Reports;
using Platform.Hosting.Artifacts;

namespace Platform.Check.Artifacts;

/// <summary>Holds the parts of uploads that are under way against the digests in their names.</summary>
internal static class UploadCheck
{
    public static void Run(string? folder, Report report)
    {
        if (folder is null) return;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(path).Split('-') is not [_, var sha256] || !Digest.IsSha256(sha256)) continue;
            report.Read(report.NameOf(folder), path);
            if (Digest.OfFile(path, CancellationToken.None) != sha256)
                report.Add(new Fault(report.NameOf(folder), report.NameOf(path), null, "its content is not what its name tells",
                    "a part of an upload that was not completed: its client sends it again", null));
        }
    }
}
