using Microsoft.Win32.SafeHandles;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Tests.Simulation;

/// <summary>
/// A disk that fails and crashes where its seed says: a write that ends in its middle for want of room, an fsync that fails, a name that is not
/// changed, a process that dies in any of these. Files really are on a disk, where all see them, but what a power cut leaves of them is what
/// <see cref="DiskModel"/> says.
/// </summary>
internal sealed class FaultyDisk(Random random, DiskFlaw flaw = DiskFlaw.None) : DurableFiles
{
    private const int NoRoom = 28; // ENOSPC
    private const int Broken = 5; // EIO

    private readonly Lock _one = new();
    private readonly DiskModel _model = new(random);
    private TaskCompletionSource _death = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private double _faults;
    private int _life = int.MaxValue;

    /// <summary>Completes when the process that uses the disk has died.</summary>
    public Task Death => _death.Task;

    public bool IsDead => _death.Task.IsCompleted;

    /// <summary>From now on that share of all calls fails, and the process dies in the call after so many.</summary>
    public void Trouble(double faults, int life)
    {
        lock (_one) (_faults, _life) = (faults, life);
    }

    /// <summary>Nothing that is called from now on has an effect.</summary>
    public void Die()
    {
        lock (_one) _death.TrySetResult();
    }

    /// <summary>A new process, once the old one has let go of its files, and a disk that does not fail.</summary>
    public void Restart(bool losesPower)
    {
        lock (_one)
        {
            if (losesPower) _model.LosePower();
            _death = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (_faults, _life) = (0, int.MaxValue);
        }
    }

    public override void Write(string path, ReadOnlyMemory<byte> content)
    {
        Call(() => WriteAll(path, content.ToArray()), () => WriteAll(path, Part(content.Span)));
        Sync(path);
    }

    public override void Rename(string from, string to) => Call(() =>
    {
        base.Rename(from, to);
        _model.Renamed(from, to);
    });

    public override void Delete(string path) => Call(() =>
    {
        base.Delete(path);
        _model.Removed(path);
    });

    public override SafeFileHandle Create(string path)
    {
        SafeFileHandle? file = null;
        Call(() =>
        {
            file = base.Create(path);
            _model.Changed(path, 0, null);
        });
        return file!;
    }

    public override void Append(SafeFileHandle file, ReadOnlyMemory<byte> content, long offset) => WritePiece(file, content.Span, offset);

    public override void WritePiece(SafeFileHandle file, ReadOnlySpan<byte> content, long offset)
    {
        var (whole, part) = (content.ToArray(), Part(content));
        Call(() => WriteAt(file, whole, offset), () => WriteAt(file, part, offset));
    }

    public override void Flush(SafeFileHandle file) => Sync(PathOf(file));

    public override void Truncate(SafeFileHandle file, long length) => Call(() =>
    {
        base.Truncate(file, length);
        _model.Changed(PathOf(file), length, null);
    });

    public override void SyncFolder(string folder)
    {
        if (flaw != DiskFlaw.SkipsFolders) Call(() => _model.SyncedFolder(folder, succeeds: true), () => _model.SyncedFolder(folder, succeeds: false));
    }

    private void Sync(string path)
    {
        if (flaw == DiskFlaw.SkipsSyncs) return;
        try
        {
            Call(() => _model.Synced(path, succeeds: true), () => _model.Synced(path, succeeds: false));
        }
        catch (IOException) when (flaw == DiskFlaw.HidesFailedSyncs && !IsDead)
        {
            // The bug: nobody hears of it.
        }
    }

    /// <summary>Does it, or fails and does at most a part of it.</summary>
    private void Call(Action whole, Action? part = null)
    {
        lock (_one)
        {
            if (IsDead) throw new IOException("The process is dead.", Broken);
            if (_life-- == 0)
            {
                if (random.Next(2) == 0) part?.Invoke();
                _death.TrySetResult();
                throw new IOException("The process dies here.", Broken);
            }
            if (random.NextDouble() >= _faults)
            {
                whole();
                return;
            }
            part?.Invoke();
            throw random.Next(2) == 0 ? new IOException("No space left on device", NoRoom) : new IOException("Input/output error", Broken);
        }
    }

    private void WriteAll(string path, byte[] content)
    {
        var isThere = File.Exists(path);
        if (isThere) _model.Changed(path, 0, null);
        File.WriteAllBytes(path, content);
        _model.Changed(path, 0, content);
    }

    private void WriteAt(SafeFileHandle file, byte[] content, long offset)
    {
        var path = PathOf(file);
        _model.Changed(path, offset, content);
        RandomAccess.Write(file, content, offset);
    }

    private byte[] Part(ReadOnlySpan<byte> content)
    {
        lock (_one) return content[..random.Next(content.Length + 1)].ToArray();
    }

    private static string PathOf(SafeFileHandle file) =>
        new FileInfo($"/proc/self/fd/{file.DangerousGetHandle()}").LinkTarget ?? throw new IOException("The file is closed.");
}
