using System.Text.Json;
using Platform.Hosting.Documents;
using Platform.Hosting.Paging;

namespace Platform.Registry.History;

/// <summary>Reads histories; they are written with the change that they tell of.</summary>
internal sealed class HistoryStore([FromKeyedServices(RegistryService.Name)] IDocumentStore documents)
{
    private const string Collection = "history";
    private const string ModelIndex = "model";
    private const string MeasuredIndex = "measured";
    private const int PageSize = 500;
    private const string PromotionIndex = "promotion";

    /// <summary>Entries from the latest to the first, those before entry number <paramref name="after"/> if it is given.</summary>
    public Task<Page<HistoryEntry>> ListAsync(string model, int limit, long? after, CancellationToken cancellationToken) =>
        ListAsync(model, new Dictionary<string, string> { [ModelIndex] = model }, limit, after, cancellationToken);

    /// <summary>The promotions of a version, refused ones included, for which gates were measured; in the same order.</summary>
    public Task<Page<HistoryEntry>> ListMeasuredAsync(
        string model, string version, int limit, long? after, CancellationToken cancellationToken) =>
        ListAsync(
            model, new Dictionary<string, string> { [ModelIndex] = model, [MeasuredIndex] = version }, limit, after, cancellationToken);

    /// <summary>Entries exactly as they are stored, from the first to the latest.</summary>
    public IAsyncEnumerable<JsonElement> ReadStoredAsync(string model, CancellationToken cancellationToken) => documents.ReadAllAsync<JsonElement>(
        new DocumentQuery(Collection) { Where = new Dictionary<string, string> { [ModelIndex] = model }, Limit = PageSize }, cancellationToken)
        .Select(item => item.Value);

    /// <summary>The entry of a promotion or roll-back; null where there is none.</summary>
    public async Task<HistoryEntry?> FindPromotionAsync(string id, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery(Collection) { Where = new Dictionary<string, string> { [PromotionIndex] = id }, Limit = 1 };
        return (await documents.QueryAsync<HistoryEntry>(query, cancellationToken)).Items is [var found, ..] ? found.Value : null;
    }

    /// <summary>Adds an entry to the commit of the change that it tells of.</summary>
    public static void Add(DocumentBatch batch, HistoryEntry entry)
    {
        var index = new Dictionary<string, string> { [ModelIndex] = entry.Model };
        if (entry.Gates is not null) index[MeasuredIndex] = entry.Version!;
        if (entry.Id is not null) index[PromotionIndex] = entry.Id;
        batch.Put(Collection, IdOf(entry.Model, entry.Sequence), entry, expectedRevision: 0, index);
    }

    private async Task<Page<HistoryEntry>> ListAsync(
        string model, Dictionary<string, string> where, int limit, long? after, CancellationToken cancellationToken)
    {
        var page = await documents.QueryAsync<HistoryEntry>(
            new DocumentQuery(Collection)
            {
                Where = where,
                Limit = limit,
                After = after is { } sequence ? IdOf(model, sequence) : null,
                Descending = true,
            },
            cancellationToken);
        var entries = page.Items.Select(item => item.Value).ToList();
        return new Page<HistoryEntry>(entries, page.Next is null ? null : $"{entries[^1].Sequence}");
    }

    private static string IdOf(string model, long sequence) => $"{model}/{SortableNumber.Of(sequence)}";
}
