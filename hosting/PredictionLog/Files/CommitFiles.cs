using System.Globalization;
using Platform.Hosting.Storage;

namespace Platform.Hosting.PredictionLog.Files;

/// <summary>The last commit of a log that can be read.</summary>
/// <param name="Commit">The commit; null when there is none.</param>
/// <param name="Path">The file that holds it; null when there is none.</param>
/// <param name="IsLast">False when there was, or may have been, a later one that cannot be read.</param>
internal sealed record FoundCommit(LogCommit? Commit, string? Path, bool IsLast);

/// <summary>
/// The files of the last two commits, <c>log-commits/commit.NUMBER.0</c>: the names that FasterLog gives them, so that an earlier build
/// finds the last one, too. What counts is the number inside.
/// </summary>
internal static class CommitFiles
{
    public const int Count = 2;

    public static string FolderOf(string log) => Path.Combine(log, "log-commits");

    public static string PathOf(string log, long number) =>
        Path.Combine(FolderOf(log), string.Create(CultureInfo.InvariantCulture, $"commit.{number}.0"));

    /// <summary>All that there are, in no order.</summary>
    public static IReadOnlyList<string> All(string log) => Directory.Exists(FolderOf(log))
        ? [.. Directory.GetFiles(FolderOf(log), "commit.*").Where(path => !path.EndsWith(DurableFiles.TemporarySuffix, StringComparison.Ordinal))]
        : [];

    /// <summary>Reads and changes nothing.</summary>
    public static FoundCommit Find(string log, PredictionLogOptions options)
    {
        var files = All(log).Select(path => (Path: path, Commit: ReadIfThere(path, options))).ToList();
        var (path, last) = files.Where(file => file.Commit is not null).OrderByDescending(file => file.Commit!.Info.CommitNum).FirstOrDefault();
        var isComplete = last is null || !last.IsOfTwo || files.Count >= Count || last.Info.CommitNum == 1;
        return new FoundCommit(last, path, isComplete && files.All(file => file.Commit is not null));
    }

    /// <summary>Puts a commit in the place of both, under the two numbers behind its own. Nobody may have the log open.</summary>
    public static void Replace(string log, LogCommit commit, DurableFiles files)
    {
        var options = new PredictionLogOptions { PageBytes = commit.PageBytes, SegmentBytes = commit.SegmentBytes };
        var (older, written) = (All(log), new List<string>());
        files.CreateFolder(FolderOf(log));
        while (written.Count < Count)
        {
            commit = commit.Next();
            written.Add(PathOf(log, commit.Info.CommitNum));
            files.Replace(written[^1], CommitContent.Write(commit.Info.ToByteArray(), options));
        }
        files.SyncFolder(FolderOf(log));
        foreach (var path in older.Except(written)) files.Delete(path);
    }

    private static LogCommit? ReadIfThere(string path, PredictionLogOptions options)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> content = new byte[CommitContent.Bytes + 1];
            return CommitContent.Read(content[..RandomAccess.Read(file, content, 0)], options);
        }
        catch (FileNotFoundException)
        {
            return null; // it got another name in this moment
        }
    }
}
