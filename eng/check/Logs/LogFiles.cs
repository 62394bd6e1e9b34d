using System.Globalization;
using Microsoft.Extensions.Configuration;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Files;

namespace Platform.Check.Logs;

/// <summary>The files of a prediction log, and where its records lie in them.</summary>
/// <param name="Folder">The log's folder.</param>
/// <param name="Found">What its commits say.</param>
/// <param name="Commit">Where it goes on; null when nothing was ever committed.</param>
internal sealed record LogFiles(string Folder, FoundCommit Found, LogCommit? Commit)
{
    /// <summary>Throws <see cref="InvalidDataException"/> when there is something that is no log.</summary>
    public static LogFiles Open(string folder)
    {
        var found = CommitFiles.Find(folder, Options);
        return new LogFiles(folder, found, LogRecovery.Find(folder, found, Options).Commit);
    }

    /// <summary>As the services read them, for a log that does not tell its sizes itself.</summary>
    public static PredictionLogOptions Options { get; } =
        new ConfigurationBuilder().AddEnvironmentVariables("PLATFORM_").Build().GetSection("PredictionLog").Get<PredictionLogOptions>() ?? new PredictionLogOptions();

    /// <summary>Whether files are gone that the last commit counts on, at its beginning.</summary>
    public bool LacksBeginning => Commit?.BeginAddress > Found.Commit?.BeginAddress;

    /// <summary>Whether a file holds all of a commit. Every build writes them in this length.</summary>
    public static bool IsCommit(string path) => new FileInfo(path).Length == CommitContent.Bytes && CommitContent.Read(File.ReadAllBytes(path), Options) is not null;

    /// <summary>Its pages in order, with where each was begun to be read.</summary>
    public IEnumerable<(long At, ScannedPage Page)> Pages()
    {
        if (Commit is null) yield break;
        var bounds = new LogBounds(Commit.BeginAddress, Commit.UntilAddress);
        using var segments = new LogSegments(Folder, Commit.PageBytes, Commit.SegmentBytes);
        var scan = new LogScan(segments, bounds.Begin, null);
        while (scan.NextAddress < bounds.Until)
        {
            var at = scan.NextAddress;
            yield return (at, scan.Read(() => bounds));
        }
    }

    /// <summary>The file of an address.</summary>
    public string PathOf(long address) =>
        Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"fasterlog.log.{address / Commit!.SegmentBytes}"));

    /// <summary>What lies from an address to the end of its page; as much of it as there is.</summary>
    public ReadOnlyMemory<byte> ReadPage(long address)
    {
        if (!File.Exists(PathOf(address))) return default;
        using var file = File.OpenHandle(PathOf(address));
        var content = new byte[((address / Commit!.PageBytes) + 1) * Commit.PageBytes - address];
        var length = RandomAccess.Read(file, content, address % Commit.SegmentBytes);
        return content.AsMemory(0, content.AsSpan(0, length).LastIndexOfAnyExcept((byte)0) + 1);
    }

    /// <summary>Where a damaged page is kept.</summary>
    public string PathOfKept(long address) => Path.Combine(Folder, "damaged", string.Create(CultureInfo.InvariantCulture, $"page-{address}"));

    /// <summary>Whether a damaged page was set aside before, and is as it was then, but for what was written behind it since.</summary>
    public bool IsKept(long address)
    {
        if (!File.Exists(PathOfKept(address))) return false;
        var (kept, now) = (File.ReadAllBytes(PathOfKept(address)), ReadPage(address));
        return kept.Length == 0 ? now.IsEmpty : now.Span.StartsWith(kept);
    }
}
