using Platform.Contracts.Registry;

namespace Platform.Inference.Models;

/// <summary>
/// The place of one version among those that serve. It is full while the version is loaded; an idle version may be put out to
/// save memory and comes back when it is called. Once closed it stays empty.
/// </summary>
internal sealed class VersionSlot(ModelVersionDescription description)
{
    private readonly Lock _gate = new();
    private LoadedVersion? _loaded;
    private Task? _loading;
    private bool _closed;
    private long _lastUsed;
    private int _awaiting;

    public ModelVersionDescription Description { get; } = description;

    public string Model => Description.Model;

    public string Version => Description.Version;

    /// <summary>The version while it is loaded. To call it, take a lease by <see cref="TryAcquire"/>.</summary>
    public LoadedVersion? Loaded => Volatile.Read(ref _loaded);

    /// <summary>When the version was last asked for, in milliseconds of the system's uptime.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>Whether somebody waits for it to be loaded, or has not taken his lease on it yet.</summary>
    public bool IsAwaited => Volatile.Read(ref _awaiting) > 0;

    /// <summary>Begins to wait for the version. Ended by <see cref="EndAwait"/>.</summary>
    public void BeginAwait() => Interlocked.Increment(ref _awaiting);

    public void EndAwait() => Interlocked.Decrement(ref _awaiting);

    /// <summary>A lease on the version, or null when it is not loaded.</summary>
    public LoadedVersion? TryAcquire()
    {
        if (Loaded is not { } version || !version.TryAcquire()) return null;
        Volatile.Write(ref _lastUsed, Environment.TickCount64);
        return version;
    }

    /// <summary>Loads the version unless it is there; whoever asks meanwhile waits for the same load.</summary>
    public Task LoadAsync(Func<Task<LoadedVersion>> load)
    {
        lock (_gate)
        {
            if (_loaded is not null) return Task.CompletedTask;
            if (_loading is null or { IsCompleted: true }) _loading = FillAsync(load);
            return _loading;
        }
    }

    /// <summary>Puts the version out; its memory goes with its last lease.</summary>
    public void Unload()
    {
        LoadedVersion? version;
        lock (_gate) (version, _loaded) = (_loaded, null);
        version?.Retire();
    }

    /// <summary>Unloads for good.</summary>
    public void Close()
    {
        lock (_gate) _closed = true;
        Unload();
    }

    private async Task FillAsync(Func<Task<LoadedVersion>> load)
    {
        await Task.Yield(); // the load itself must not run inside the lock
        var version = await load();
        lock (_gate)
        {
            Volatile.Write(ref _lastUsed, Environment.TickCount64);
            if (!_closed) _loaded = version;
        }

        if (Loaded != version) version.Retire();
    }
}
