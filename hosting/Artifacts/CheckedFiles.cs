using System.Collections.Concurrent;

namespace Platform.Hosting.Artifacts;

/// <summary>
/// Knows which files have the content that their names tell. Reading a model costs a second for each gigabyte, so that one that was read is taken for
/// whole for a while, unless its size or time of change differs.
/// </summary>
internal sealed class CheckedFiles(TimeProvider time)
{
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Check> _checks = [];

    /// <summary>Whether the file has that digest. One caller reads it, others who ask meanwhile wait. Throws when it cannot be read.</summary>
    public bool IsWhole(string path, string sha256)
    {
        var file = new FileInfo(path);
        var (length, written) = (file.Length, file.LastWriteTimeUtc);
        var check = _checks.AddOrUpdate(path, _ => New(), (_, known) => IsGood(known) ? known : New());
        return check.IsWhole.Value;

        Check New() => new(length, written, time.GetTimestamp(), new Lazy<bool>(
            () => Digest.OfFile(path, CancellationToken.None) == sha256, LazyThreadSafetyMode.ExecutionAndPublication));
        bool IsGood(Check known) => known.Length == length && known.Written == written && time.GetElapsedTime(known.At) < Validity;
    }

    public void Forget(string path) => _checks.TryRemove(path, out _);

    private sealed record Check(long Length, DateTime Written, long At, Lazy<bool> IsWhole);
}
