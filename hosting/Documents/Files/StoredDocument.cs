using System.Text.Json;

namespace Platform.Hosting.Documents.Files;

/// <summary>A document as its file holds it.</summary>
internal sealed record StoredDocument(string Id, long Revision, IReadOnlyDictionary<string, string> Index, JsonElement Value)
{
    /// <summary>Something to look an id up with.</summary>
    public static StoredDocument Probe(string id) => new(id, 0, NoIndex, default);

    private static readonly IReadOnlyDictionary<string, string> NoIndex = new Dictionary<string, string>();

    public bool Matches(IReadOnlyDictionary<string, string> where) =>
        where.All(field => Index.TryGetValue(field.Key, out var value) && value == field.Value);
}

/// <summary>Orders documents by id, ordinally.</summary>
internal sealed class ById : IComparer<StoredDocument>
{
    public static ById Order { get; } = new();

    public int Compare(StoredDocument? x, StoredDocument? y) => string.CompareOrdinal(x!.Id, y!.Id);
}
