using Platform.Hosting.Documents;

namespace Platform.Inference.Secrets;

/// <summary>Secrets that are made once and kept with the service's documents, so that all replicas have the same, also after a restart.</summary>
internal sealed class StoredSecrets([FromKeyedServices(InferenceService.Name)] IDocumentStore documents)
{
    private const string Collection = "secrets";

    /// <summary>The secret of that name; <paramref name="make"/> is asked where there is none. Throws when it cannot be read or kept.</summary>
    public async Task<string> FindOrMakeAsync(string name, Func<string> make, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken) ?? await MakeAsync(name, make(), cancellationToken);

    private async Task<string?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await documents.GetAsync<StoredSecret>(Collection, name, cancellationToken))?.Value.Secret;

    private async Task<string> MakeAsync(string name, string secret, CancellationToken cancellationToken)
    {
        var batch = new DocumentBatch().Put(Collection, name, new StoredSecret(secret), expectedRevision: 0);
        var conflict = await documents.CommitAsync(batch, cancellationToken);
        return conflict is null ? secret : (await FindAsync(name, cancellationToken))!; // another process was faster
    }

    private sealed record StoredSecret(string Secret);
}
