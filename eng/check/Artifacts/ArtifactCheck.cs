using Platform.Check.Folders;
using Platform.Check.Reports;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Documents.Files;

namespace Platform.Check.Artifacts;

/// <summary>Holds every artifact against its digest, and the documents of the registry against the artifacts that are there.</summary>
internal static class ArtifactCheck
{
    public static void Run(ProcessFolder process, ArtifactCopies copies, IReadOnlyList<StoreState> documents, Report report)
    {
        var references = documents.SelectMany(ArtifactReferences.In).ToLookup(reference => reference.Sha256, reference => reference.What);
        var there = new HashSet<string>();
        foreach (var path in process.Artifacts is { } folder ? FilesIn(folder) : [])
        {
            var sha256 = Path.GetFileName(path);
            there.Add(sha256);
            report.Read(Kind(process, report), path);
            if (Digest.OfFile(path, CancellationToken.None) != sha256) Add(path, "its content is not what its name tells");
        }
        foreach (var missing in references.Select(reference => reference.Key).Where(sha256 => !there.Contains(sha256)))
            Add(Path.Combine(process.Path, "artifacts", missing[..2], missing), "it is missing");

        void Add(string path, string what)
        {
            var sha256 = Path.GetFileName(path);
            var copy = copies.Find(sha256, path);
            var use = references[sha256].Any() ? string.Join(", ", references[sha256].Distinct()) : null;
            report.Add(new Fault(Kind(process, report), report.NameOf(path), use, what, copy is null ? use ?? "a file that nothing in this folder refers to" : "nothing",
                copy is null ? null : $"from {report.NameOf(copy)}"));
        }
    }

    /// <summary>The files that are named by a digest, where they are looked for.</summary>
    public static IEnumerable<string> FilesIn(string folder) => Directory.EnumerateDirectories(folder).Where(path => Path.GetFileName(path).Length == 2)
        .SelectMany(Directory.EnumerateFiles).Where(path => Digest.IsSha256(Path.GetFileName(path)));

    private static string Kind(ProcessFolder process, Report report) => report.NameOf(Path.Combine(process.Path, "artifacts"));
}
