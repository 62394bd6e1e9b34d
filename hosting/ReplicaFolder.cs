using Microsoft.Extensions.Options;
using Platform.Hosting.Launching;

namespace Platform.Hosting;

/// <summary>
/// Where several replicas share one volume, gives each a folder of its own in it (<see cref="StorageOptions.PerReplica"/>): the first
/// that no running process holds. A replica that comes later goes on with what one before it left there.
/// </summary>
internal sealed class ReplicaFolder : IPostConfigureOptions<StorageOptions>, IDisposable
{
    private const int MostReplicas = 100;

    private readonly Lock _taking = new();
    private DataFolder? _taken;

    public void PostConfigure(string? name, StorageOptions options)
    {
        if (!options.PerReplica) return;
        lock (_taking) options.Directory = (_taken ??= Take(options.Directory)).Path;
    }

    public void Dispose() => _taken?.Dispose();

    private static DataFolder Take(string shared)
    {
        string? reason = null;
        for (var replica = 1; replica <= MostReplicas; replica++)
            if (DataFolder.TryTake(Path.GetFullPath(Path.Combine(shared, $"replica-{replica}")), out var folder, out reason)) return folder;
        throw new InvalidOperationException($"None of {MostReplicas} folders for replicas can be had; of the last: {reason}.");
    }
}
