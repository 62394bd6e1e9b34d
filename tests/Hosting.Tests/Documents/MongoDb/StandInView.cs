using System.Collections.Immutable;
using System.Text;
using MongoDB.Bson;

namespace Platform.Hosting.Tests.Documents.MongoDb;

/// <summary>A state of all documents with changes over it.</summary>
internal sealed class StandInView(ImmutableDictionary<string, ImmutableSortedDictionary<BsonValue, BsonDocument>> beginning)
{
    public static ImmutableSortedDictionary<BsonValue, BsonDocument> Empty { get; } =
        ImmutableSortedDictionary.Create<BsonValue, BsonDocument>(StandInOrder.Instance);

    /// <summary>What is changed; null deletes.</summary>
    public Dictionary<(string Namespace, BsonValue Id), BsonDocument?> Writes { get; } = [];

    public BsonDocument? AtBeginning((string Namespace, BsonValue Id) key) =>
        beginning.GetValueOrDefault(key.Namespace, Empty).GetValueOrDefault(key.Id);

    public IEnumerable<BsonDocument> Documents(string name)
    {
        var documents = beginning.GetValueOrDefault(name, Empty);
        foreach (var ((_, id), document) in Writes.Where(write => write.Key.Namespace == name))
            documents = document is null ? documents.Remove(id) : documents.SetItem(id, document);
        return documents.Values;
    }

    public BsonDocument? Find(string name, BsonValue id) =>
        Writes.TryGetValue((name, id), out var written) ? written : AtBeginning((name, id));

    public void Set(string name, BsonDocument document) => Writes[(name, document["_id"])] = document;

    public void Remove(string name, BsonValue id) => Writes[(name, id)] = null;
}

/// <summary>MongoDB's order of the types that are used: numbers before texts, texts by their UTF-8 bytes.</summary>
internal sealed class StandInOrder : IComparer<BsonValue>
{
    public static StandInOrder Instance { get; } = new();

    public int Compare(BsonValue? x, BsonValue? y) => x is BsonString a && y is BsonString b
        ? Encoding.UTF8.GetBytes(a.Value).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b.Value))
        : Comparer<BsonValue>.Default.Compare(x, y);
}
