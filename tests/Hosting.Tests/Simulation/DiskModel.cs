namespace Platform.Hosting.Tests.Simulation;

/// <summary>
/// What a disk really holds, which is less than programs see: a file's content is there once an fsync of the file has succeeded, its name once
/// one of its folder has. What an fsync that fails was to bring is there or not, and no later one brings it: the kernel has forgotten that it
/// is to be written (Rebello et al., Can Applications Recover from fsync Failures?, ATC 2020). Names are kept by the file system's own journal,
/// in their order.
/// </summary>
internal sealed class DiskModel(Random random)
{
    /// <summary>Has no content, and is open while anybody uses the folder.</summary>
    private const string Lock = "lock";

    private readonly Dictionary<string, StoredFile> _visible = [];
    private readonly Dictionary<string, StoredFile> _held = [];
    private readonly List<(string Path, StoredFile? File, string? Before)> _names = [];

    /// <summary>Takes note that bytes were written somewhere in a file, or that it was cut off there (null).</summary>
    public void Changed(string path, long offset, byte[]? content) => FileOf(path).Changes.Add(new FileChange(offset, content));

    public void Renamed(string from, string to)
    {
        var file = FileOf(from);
        _visible.Remove(from);
        _visible[to] = file;
        var isHere = Path.GetDirectoryName(from) == Path.GetDirectoryName(to); // then all of it is there or nothing
        _names.Add((to, file, isHere ? from : null));
        if (!isHere) _names.Add((from, null, null));
    }

    public void Removed(string path)
    {
        if (_visible.Remove(path)) _names.Add((path, null, null));
    }

    /// <summary>An fsync of a file.</summary>
    public void Synced(string path, bool succeeds)
    {
        var file = FileOf(path);
        foreach (var change in file.Changes)
            if (succeeds || IsTrue()) file.Apply(change);
        file.Changes.Clear();
    }

    /// <summary>An fsync of a folder.</summary>
    public void SyncedFolder(string folder, bool succeeds)
    {
        var seen = Directory.GetFiles(folder).Where(path => Path.GetFileName(path) != Lock).ToList();
        foreach (var path in seen) FileOf(path); // also what was made without this disk's knowing
        foreach (var gone in _visible.Keys.Where(path => Path.GetDirectoryName(path) == folder).Except(seen).ToList()) Removed(gone);
        Settle(folder, succeeds ? int.MaxValue : random.Next(_names.Count + 1));
    }

    /// <summary>Makes the folder what the disk holds, as a power cut does: of what was not synced, some is there, and some of that in part.</summary>
    public void LosePower()
    {
        foreach (var folder in _names.Select(name => Path.GetDirectoryName(name.Path)!).Distinct().ToList()) Settle(folder, random.Next(_names.Count + 1));
        _names.Clear();
        foreach (var file in _visible.Values.Concat(_held.Values).Distinct()) LosePower(file);
        foreach (var path in _visible.Keys.Except(_held.Keys)) File.Delete(path);
        _visible.Clear();
        foreach (var (path, file) in _held)
        {
            File.WriteAllBytes(path, file.Held);
            _visible[path] = file;
        }
    }

    private void LosePower(StoredFile file)
    {
        foreach (var change in file.Changes.Where(_ => IsTrue()))
            file.Apply(IsTrue() ? change : change with { Content = change.Content?[..random.Next(change.Content.Length + 1)] });
        file.Changes.Clear();
    }

    /// <summary>Brings the first changes of names in a folder to the disk.</summary>
    private void Settle(string folder, int atMost)
    {
        _names.RemoveAll(name =>
        {
            if (Path.GetDirectoryName(name.Path) != folder || atMost-- <= 0) return false;
            if (name.File is null) _held.Remove(name.Path);
            else _held[name.Path] = name.File;
            if (name.Before is not null) _held.Remove(name.Before);
            return true;
        });
    }

    private StoredFile FileOf(string path)
    {
        if (_visible.TryGetValue(path, out var file)) return file;
        file = new StoredFile();
        if (File.Exists(path)) file.Changes.Add(new FileChange(0, File.ReadAllBytes(path)));
        Named(path, file);
        return file;
    }

    private void Named(string path, StoredFile file)
    {
        _visible[path] = file;
        _names.Add((path, file, null));
    }

    private bool IsTrue() => random.Next(2) == 0;

    private sealed class StoredFile
    {
        public byte[] Held { get; private set; } = [];

        public List<FileChange> Changes { get; } = [];

        public void Apply(FileChange change)
        {
            var held = Held;
            Array.Resize(ref held, change.Content is null ? (int)change.Offset : (int)Math.Max(held.Length, change.Offset + change.Content.Length));
            change.Content?.CopyTo(held, change.Offset);
            Held = held;
        }
    }

    /// <param name="Offset">Where.</param>
    /// <param name="Content">What was written there; null when the file was cut off.</param>
    private sealed record FileChange(long Offset, byte[]? Content);
}
