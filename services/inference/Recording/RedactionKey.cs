using Microsoft.Extensions.Options;
using Platform.Hosting;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.Storage;

namespace Platform.Inference.Recording;

/// <summary>
/// The key of the hashes that stand for hidden values, in a file of the data directory, so that the same value has the same
/// hash after a restart. Made at the first start; a process whose key is damaged or gone does not start.
/// </summary>
internal sealed class RedactionKey(IOptions<StorageOptions> storage) : IHostedService
{
    private const int Length = 32;

    private readonly Lazy<byte[]> _key = new(() => SecretFile.ReadOrCreate(
        storage.Value.PathOf("inference", "redaction.key"), Length, () => LocalLog.HoldsRecords(storage.Value)));

    public byte[] Value => _key.Value;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = _key.Value;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
