using Platform.Hosting.Documents;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Artifacts;

/// <summary>A file or a folder: a document under its path.</summary>
internal sealed record ArtifactEntry(string Path, bool IsDir, long? SizeBytes, string? Sha256);

/// <summary>
/// Files by path over the store that has them by digest. A folder is an entry as well, so that one query lists what lies in it.
/// </summary>
internal sealed class ArtifactTree([FromKeyedServices(RegistryService.Name)] IDocumentStore documents)
{
    private const string Collection = "mlflow-artifacts";
    private const string FolderField = "folder";
    private const int PageSize = 1000;

    public async Task<ArtifactEntry?> FindAsync(string path, CancellationToken cancellationToken) =>
        (await documents.GetAsync<ArtifactEntry>(Collection, path, cancellationToken))?.Value;

    public async Task PutAsync(string path, string sha256, long sizeBytes, CancellationToken cancellationToken)
    {
        if (await FindAsync(path, cancellationToken) is { IsDir: true }) throw MLflowException.Invalid($"'{path}' is a folder.");
        var batch = new DocumentBatch();
        Add(batch, new ArtifactEntry(path, false, sizeBytes, sha256));
        for (var folder = ArtifactPath.FolderOf(path); folder.Length > 0; folder = ArtifactPath.FolderOf(folder))
        {
            if (await FindAsync(folder, cancellationToken) is { } known)
            {
                if (known.IsDir) break;
                throw MLflowException.Invalid($"'{folder}' is a file, so nothing can lie in it.");
            }

            Add(batch, new ArtifactEntry(folder, true, null, null));
        }

        await documents.CommitAsync(batch, cancellationToken);
    }

    /// <summary>What lies in a folder, by name; nothing where there is no such folder.</summary>
    public async Task<IReadOnlyList<ArtifactEntry>> ListAsync(string folder, CancellationToken cancellationToken)
    {
        var all = new List<ArtifactEntry>();
        var query = new DocumentQuery(Collection) { Where = new Dictionary<string, string> { [FolderField] = folder }, Limit = PageSize };
        do
        {
            var page = await documents.QueryAsync<ArtifactEntry>(query, cancellationToken);
            all.AddRange(page.Items.Select(item => item.Value));
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return [.. all.OrderBy(entry => entry.Path, StringComparer.Ordinal)];
    }

    /// <summary>Removes a file, or a folder with all that lies in it. Their content stays where somebody else refers to it.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        var entry = path.Length == 0 ? null : await FindAsync(path, cancellationToken);
        if (entry is not { IsDir: false })
            foreach (var inside in await ListAsync(path, cancellationToken)) await DeleteAsync(inside.Path, cancellationToken);
        if (entry is not null) await documents.CommitAsync(new DocumentBatch().Delete(Collection, path), cancellationToken);
    }

    private static void Add(DocumentBatch batch, ArtifactEntry entry) => batch.Put(Collection, entry.Path, entry, expectedRevision: null,
        new Dictionary<string, string> { [FolderField] = ArtifactPath.FolderOf(entry.Path) });
}
