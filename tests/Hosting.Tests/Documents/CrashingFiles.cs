using Microsoft.Win32.SafeHandles;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Tests.Documents;

/// <summary>
/// Stops the world at the n-th change of the disk, in the middle of it. With <paramref name="losesPower"/> everything that
/// was not synced by then is undone as well: appended bytes, renames, removals.
/// </summary>
internal sealed class CrashingFiles(int crashAt, bool losesPower) : DurableFiles
{
    private readonly Dictionary<string, byte[]?> _unsyncedNames = [];
    private readonly Dictionary<SafeFileHandle, long> _synced = [];
    private int _steps;

    public bool HasCrashed { get; private set; }

    public override void Write(string path, ReadOnlyMemory<byte> content) =>
        Step(() => base.Write(path, content), () => base.Write(path, content[..(content.Length / 2)]));

    public override void Rename(string from, string to) => Step(() =>
    {
        Remember(to);
        base.Rename(from, to);
    });

    public override void Delete(string path) => Step(() =>
    {
        Remember(path);
        base.Delete(path);
    });

    public override SafeFileHandle Create(string path)
    {
        SafeFileHandle? file = null;
        Step(() => file = base.Create(path));
        return file!;
    }

    public override void Append(SafeFileHandle file, ReadOnlyMemory<byte> content, long offset)
    {
        _synced.TryAdd(file, offset);
        Step(() => base.Append(file, content, offset), () => base.Append(file, content[..(content.Length / 2)], offset));
    }

    public override void Flush(SafeFileHandle file) => Step(() =>
    {
        base.Flush(file);
        _synced[file] = RandomAccess.GetLength(file);
    });

    public override void Truncate(SafeFileHandle file, long length) => Step(() => base.Truncate(file, length));

    public override void SyncFolder(string folder) => Step(() =>
    {
        base.SyncFolder(folder);
        foreach (var path in _unsyncedNames.Keys.Where(path => Path.GetDirectoryName(path) == folder).ToList()) _unsyncedNames.Remove(path);
    });

    private void Step(Action whole, Action? half = null)
    {
        if (HasCrashed) throw new IOException("The process is dead.");
        if (_steps++ < crashAt)
        {
            whole();
            return;
        }
        half?.Invoke();
        if (losesPower) LosePower();
        HasCrashed = true;
        throw new IOException("The process dies here.");
    }

    private void Remember(string path) => _unsyncedNames.TryAdd(path, File.Exists(path) ? File.ReadAllBytes(path) : null);

    private void LosePower()
    {
        foreach (var (file, length) in _synced.Where(file => !file.Key.IsClosed)) RandomAccess.SetLength(file, length);
        foreach (var (path, before) in _unsyncedNames)
        {
            if (before is null) File.Delete(path);
            else File.WriteAllBytes(path, before);
        }
    }
}
