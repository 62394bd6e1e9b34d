using System.Collections.Immutable;

namespace Platform.Hosting.Documents.Files;

/// <summary>
/// The documents of one collection, by id and by indexed field. Immutable: a reader walks the version it got, undisturbed by
/// writers.
/// </summary>
internal sealed class DocumentCollection
{
    private static readonly ImmutableSortedSet<StoredDocument> NoDocuments = ImmutableSortedSet.Create<StoredDocument>(ById.Order);

    private readonly ImmutableSortedSet<StoredDocument> _all;
    private readonly ImmutableDictionary<KeyValuePair<string, string>, ImmutableSortedSet<StoredDocument>> _byField;

    private DocumentCollection(ImmutableSortedSet<StoredDocument> all,
        ImmutableDictionary<KeyValuePair<string, string>, ImmutableSortedSet<StoredDocument>> byField, CollectionTotal total) =>
        (_all, _byField, Total) = (all, byField, total);

    public static DocumentCollection Empty { get; } =
        new(NoDocuments, ImmutableDictionary<KeyValuePair<string, string>, ImmutableSortedSet<StoredDocument>>.Empty, default);

    /// <summary>What it holds, in short.</summary>
    public CollectionTotal Total { get; }

    public StoredDocument? Find(string id) => _all.TryGetValue(StoredDocument.Probe(id), out var found) ? found : null;

    public DocumentCollection With(StoredDocument document)
    {
        var others = Without(document.Id);
        var byField = others._byField;
        foreach (var field in document.Index)
            byField = byField.SetItem(field, byField.GetValueOrDefault(field, NoDocuments).Add(document));
        return new DocumentCollection(others._all.Add(document), byField, others.Total.With(document.Id, document.Revision));
    }

    public DocumentCollection Without(string id)
    {
        if (Find(id) is not { } document) return this;
        var byField = _byField;
        foreach (var field in document.Index)
        {
            var remaining = byField[field].Remove(document);
            byField = remaining.IsEmpty ? byField.Remove(field) : byField.SetItem(field, remaining);
        }
        return new DocumentCollection(_all.Remove(document), byField, Total.Without(document.Id, document.Revision));
    }

    /// <summary>A page in the order asked for, and whether more follows.</summary>
    public (IReadOnlyList<StoredDocument> Items, bool More) Page(DocumentQuery query)
    {
        var candidates = Candidates(query.Where);
        var items = new List<StoredDocument>();
        var step = query.Descending ? -1 : 1;
        for (var at = Start(candidates, query); at >= 0 && at < candidates.Count; at += step)
        {
            if (!candidates[at].Matches(query.Where)) continue;
            if (items.Count == query.Limit) return (items, true);
            items.Add(candidates[at]);
        }
        return (items, false);
    }

    /// <summary>The smallest set that holds every document the query asks for.</summary>
    private ImmutableSortedSet<StoredDocument> Candidates(IReadOnlyDictionary<string, string> where) =>
        where.Select(field => _byField.GetValueOrDefault(field, NoDocuments)).MinBy(set => set.Count) ?? _all;

    private static int Start(ImmutableSortedSet<StoredDocument> candidates, DocumentQuery query)
    {
        if (query.After is null) return query.Descending ? candidates.Count - 1 : 0;
        var index = candidates.IndexOf(StoredDocument.Probe(query.After));
        if (index >= 0) return query.Descending ? index - 1 : index + 1;
        return query.Descending ? ~index - 1 : ~index;
    }
}
