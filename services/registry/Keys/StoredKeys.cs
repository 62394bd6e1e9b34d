using Platform.Contracts.Registry;
using Platform.Hosting.Keys;

namespace Platform.Registry.Keys;

/// <summary>The keys for the process that owns them, which sees to it that there is a first one where it asks for keys.</summary>
internal sealed class StoredKeys(KeyStore keys, BootstrapKey bootstrap, TimeProvider time) : IKeySource
{
    public async Task<KeySnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        await bootstrap.EnsureAsync(cancellationToken);
        return await DescribeAsync(cancellationToken);
    }

    /// <summary>What other processes are handed.</summary>
    public async Task<KeySnapshot> DescribeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return new KeySnapshot { Items = [.. (await keys.ReadAllAsync(cancellationToken)).Where(key => !key.IsExpired(now)).Select(key => key.Describe())] };
    }

    public Task TellAsync(IReadOnlyList<KeyUse> uses, CancellationToken cancellationToken) => keys.UseAsync(uses, cancellationToken);
}
