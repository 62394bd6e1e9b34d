using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;
using Platform.Inference.Settings;

namespace Platform.Inference.Models;

/// <summary>
/// Loads versions into their slots and keeps the memory of all together within its bound: what has not been called for longest
/// goes first. A version that somebody is waiting for stays until he has it.
/// </summary>
internal sealed class VersionKeeper(
    VersionLoader loader, IOptions<ServingOptions> options, TimeProvider time, ILogger<VersionKeeper> logger) : IDisposable
{
    private readonly long _bound = options.Value.MaxModelBytes;

    // Loads side by side. More would not end sooner, and each needs memory beyond what it keeps.
    private readonly SemaphoreSlim _loads = new(Math.Max(4, Environment.ProcessorCount));

    // The slots that have been filled, less those that were seen empty since.
    private readonly HashSet<VersionSlot> _filled = [];
    private readonly Lock _gate = new();

    /// <summary>Fills a slot.</summary>
    /// <returns>What was loaded, to be announced once it serves; null when it was there already.</returns>
    /// <exception cref="Exception">Whatever kept the version from loading; the slot stays as it was.</exception>
    public async Task<ModelLoaded?> FillAsync(VersionSlot slot, CancellationToken cancellationToken)
    {
        ModelLoaded? loaded = null;
        await slot.LoadAsync(async () =>
        {
            var started = time.GetTimestamp();
            var version = await LoadAsync(slot, cancellationToken);
            loaded = Describe(version, time.GetElapsedTime(started).TotalMilliseconds);
            return version;
        });
        if (loaded is not null) Keep(slot);
        return loaded;
    }

    /// <summary>Puts out the versions that were not called for longest until the rest is within the bound.</summary>
    public void MakeRoom() => MakeRoomFor(null);

    public void Dispose() => _loads.Dispose();

    private async Task<LoadedVersion> LoadAsync(VersionSlot slot, CancellationToken cancellationToken)
    {
        await _loads.WaitAsync(cancellationToken);
        try
        {
            return await loader.LoadAsync(slot.Description, cancellationToken);
        }
        finally
        {
            _loads.Release();
        }
    }

    private ModelLoaded Describe(LoadedVersion version, double loadMs)
    {
        logger.Loaded(version.Model, version.Version, version.Provider, loadMs, version.WarmUp.CanShare);
        return new ModelLoaded
        {
            Model = version.Model,
            Version = version.Version,
            Sha256 = version.Description.Sha256,
            Provider = version.Provider,
            LoadMs = loadMs,
            At = time.GetUtcNow(),
        };
    }

    private void Keep(VersionSlot slot)
    {
        lock (_gate) _filled.Add(slot);
        MakeRoomFor(slot);
    }

    private void MakeRoomFor(VersionSlot? newest)
    {
        lock (_gate)
        {
            _filled.RemoveWhere(slot => slot.Loaded is null);
            var total = _filled.Sum(slot => slot.Loaded?.Bytes ?? 0);
            if (total <= _bound) return;
            foreach (var slot in _filled.Where(slot => slot != newest && !slot.IsAwaited).OrderBy(slot => slot.LastUsed).ToArray())
            {
                total -= PutOut(slot);
                if (total <= _bound) return;
            }
        }
    }

    private long PutOut(VersionSlot slot)
    {
        var bytes = slot.Loaded?.Bytes ?? 0;
        slot.Unload();
        logger.PutOut(slot.Model, slot.Version);
        return bytes;
    }
}
