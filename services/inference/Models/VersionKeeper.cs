using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;

namespace Platform.Inference.Models;

/// <summary>Loads versions into their slots and keeps the memory of all together within its bound.</summary>
internal sealed class VersionKeeper(
    VersionLoader loader, ModelTable table, IOptions<ServingOptions> options, TimeProvider time, ILogger<VersionKeeper> logger)
{
    private readonly long _bound = options.Value.MaxModelBytes;

    /// <summary>Fills a slot.</summary>
    /// <returns>What was loaded, to be announced once it serves; null when it was there already.</returns>
    /// <exception cref="Exception">Whatever kept the version from loading; the slot stays as it was.</exception>
    public async Task<ModelLoaded?> FillAsync(VersionSlot slot, CancellationToken cancellationToken)
    {
        ModelLoaded? loaded = null;
        await slot.LoadAsync(async () =>
        {
            var started = time.GetTimestamp();
            var version = await loader.LoadAsync(slot.Description, cancellationToken);
            MakeRoom(version.Bytes);
            loaded = Describe(version, time.GetElapsedTime(started).TotalMilliseconds);
            return version;
        });
        return loaded;
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

    /// <summary>Puts out the versions that were not called for longest until the new one fits.</summary>
    private void MakeRoom(long bytes)
    {
        var slots = table.Models.SelectMany(model => model.Versions).Where(slot => slot.Loaded is not null).OrderBy(slot => slot.LastUsed).ToArray();
        var total = bytes + slots.Sum(slot => slot.Loaded?.Bytes ?? 0);
        foreach (var slot in slots.TakeWhile(_ => total > _bound))
        {
            total -= slot.Loaded?.Bytes ?? 0;
            slot.Unload();
            logger.PutOut(slot.Model, slot.Version);
        }
    }
}
