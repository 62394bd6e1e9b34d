using Microsoft.Extensions.Options;
using Platform.Hosting.Access;
using Platform.Hosting.Reconciling;

namespace Platform.Hosting.Keys;

/// <summary>Keeps this process's keys in step with the registry's, and tells it which were used.</summary>
internal sealed class KeyReconciler(
    IServiceProvider services, KeyTable keys, IOptions<AccessOptions> options, TimeProvider time, ILogger<KeyReconciler> logger)
    : SnapshotReconciler("the registry's keys", () => options.Value.KeysInterval, time, logger)
{
    protected override async Task PassAsync(CancellationToken cancellationToken)
    {
        keys.EndExpired();
        // Made anew for each pass, as clients over HTTP are meant to be.
        var source = services.GetRequiredService<IKeySource>();
        keys.Apply(await source.ReadAsync(cancellationToken));
        await keys.TellUsesAsync(uses => source.TellAsync(uses, cancellationToken));
    }
}
