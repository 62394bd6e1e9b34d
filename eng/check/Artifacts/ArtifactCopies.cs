using Platform.Check.Folders;
using Platform.Hosting.Artifacts;

namespace Platform.Check.Artifacts;

/// <summary>
/// Where else a content may lie: with another replica, under a name that is not its own, among what was set aside or not finished. All of those
/// are read, but only where something is damaged or missing.
/// </summary>
internal sealed class ArtifactCopies(IReadOnlyList<string> folders)
{
    public static ArtifactCopies In(string data, IReadOnlyList<ProcessFolder> processes) =>
        new([.. processes.Select(process => process.Artifacts).OfType<string>().Append(Path.Combine(data, "damaged"))]);

    /// <summary>A file with that content, but for <paramref name="not"/>; null when there is none.</summary>
    public string? Find(string sha256, string not) => folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        .FirstOrDefault(path => path != not && Digest.OfFile(path, CancellationToken.None) == sha256);
}
