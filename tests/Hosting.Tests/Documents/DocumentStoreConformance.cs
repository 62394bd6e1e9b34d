using Platform.Contracts.Registry;
using Platform.Hosting.Documents;

namespace Platform.Hosting.Tests.Documents;

/// <summary>What every kind of document store must do. A store's own tests derive from it.</summary>
public abstract partial class DocumentStoreConformance : IAsyncLifetime
{
    protected static readonly CancellationToken None = CancellationToken.None;

    protected IDocumentStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public abstract Task DisposeAsync();

    /// <summary>Opens the store; called again after <see cref="CloseAsync"/>, over the same data.</summary>
    protected abstract Task<IDocumentStore> OpenAsync();

    protected abstract Task CloseAsync();

    private async Task ReopenAsync()
    {
        await CloseAsync();
        Store = await OpenAsync();
    }

    private async Task CommitAsync(DocumentBatch batch) => Assert.Null(await Store.CommitAsync(batch, None));

    private Task PutAsync(string id, string text, params (string Field, string Value)[] index) =>
        CommitAsync(new DocumentBatch().Put("notes", id, new Note(text), null, index.ToDictionary(field => field.Field, field => field.Value)));

    private async Task<IReadOnlyList<string>> IdsAsync(DocumentQuery query)
    {
        var ids = new List<string>();
        for (DocumentPage<Note>? page = null; page is null || page.Next is not null; query = query with { After = page.Next })
        {
            page = await Store.QueryAsync<Note>(query, None);
            ids.AddRange(page.Items.Select(document => document.Id));
        }
        return ids;
    }

    private async Task<IEnumerable<int>> VersionsAsync(long after, int limit) =>
        (await Store.ReadEventsAsync(after, limit, None)).Select(stored => int.Parse(stored.Data.GetProperty("version").GetString()!));

    private static DocumentQuery Where(params string[] fields) =>
        new("notes") { Where = fields.Chunk(2).ToDictionary(field => field[0], field => field[1]) };

    private static ModelPromoted Promoted(string version) => new() { Model = "m", Version = version };

    public sealed record Note(string Text);
}
