using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Hosting.Paging;

namespace Platform.Registry.Keys;

/// <summary>The keys as documents, and when each was used last, which changes much more often.</summary>
internal sealed class KeyStore([FromKeyedServices(RegistryService.Name)] IDocumentStore documents, TimeProvider time)
{
    public const string Created = "created";
    public const string Revoked = "revoked";

    private const string Keys = "keys";
    private const string Uses = "key-uses";
    private const int PageSize = 1000;

    // No model can be called that.
    private const string Order = "access/keys";

    public async Task<Document<AccessKey>?> FindAsync(string id, CancellationToken cancellationToken) =>
        await documents.GetAsync<AccessKey>(Keys, id, cancellationToken);

    public async Task<Page<KeyView>> ListAsync(int limit, string? after, CancellationToken cancellationToken)
    {
        var keys = await documents.QueryAsync<AccessKey>(new DocumentQuery(Keys) { Limit = limit, After = after }, cancellationToken);
        // No use is of a key that is gone, so as many from the same place on are those of these keys.
        var uses = await documents.QueryAsync<KeyUse>(new DocumentQuery(Uses) { Limit = limit, After = after }, cancellationToken);
        var lastUsed = uses.Items.ToDictionary(use => use.Id, use => use.Value.LastUsedAt);
        return new Page<KeyView>(
            [.. keys.Items.Select(key => KeyView.Of(key.Value, lastUsed.TryGetValue(key.Id, out var at) ? at : null))], keys.Next);
    }

    /// <summary>Every key, expired ones too.</summary>
    public async Task<IReadOnlyList<AccessKey>> ReadAllAsync(CancellationToken cancellationToken)
    {
        return await documents.ReadAllAsync<AccessKey>(new DocumentQuery(Keys) { Limit = PageSize }, cancellationToken)
            .Select(item => item.Value).ToListAsync(cancellationToken);
    }

    /// <summary>Stores a key at the expected revision (0: it is new); false if another was faster, and nothing has changed then.</summary>
    public async Task<bool> TryPutAsync(AccessKey key, long expectedRevision, CancellationToken cancellationToken)
    {
        var batch = new DocumentBatch().Put(Keys, key.Id, key, expectedRevision).Delete(Uses, key.Id);
        return await documents.CommitAsync(batch.Publish(Order, Changed(key, Created, key.CreatedBy)), cancellationToken) is null;
    }

    /// <summary>Removes a key; false when there is none.</summary>
    public async Task<bool> RemoveAsync(string id, string by, CancellationToken cancellationToken)
    {
        while (await FindAsync(id, cancellationToken) is { } found)
        {
            var batch = new DocumentBatch().Delete(Keys, id, found.Revision).Delete(Uses, id);
            if (await documents.CommitAsync(batch.Publish(Order, Changed(found.Value, Revoked, by)), cancellationToken) is null) return true;
        }
        return false;
    }

    /// <summary>Remembers when keys were used, where that is later than what is known; of a key that is gone nothing.</summary>
    public async Task UseAsync(IEnumerable<KeyUse?> uses, CancellationToken cancellationToken)
    {
        var batch = new DocumentBatch();
        foreach (var use in uses)
        {
            if (use is not { Id.Length: > 0, LastUsedAt: not null } || await FindAsync(use.Id, cancellationToken) is null) continue;
            var known = await documents.GetAsync<KeyUse>(Uses, use.Id, cancellationToken);
            if (known is null || known.Value.LastUsedAt < use.LastUsedAt) batch.Put(Uses, use.Id, use, expectedRevision: null);
        }
        if (!batch.IsEmpty) await documents.CommitAsync(batch, cancellationToken);
    }

    private KeysChanged Changed(AccessKey key, string change, string by) =>
        new() { KeyId = key.Id, Name = key.Name, Change = change, At = time.GetUtcNow(), By = by };
}
