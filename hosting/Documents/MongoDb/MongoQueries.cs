using System.Globalization;
using System.Text.Json;
using MongoDB.Bson;
using MongoDB.Driver;
using Platform.Hosting.Documents.Servers;

namespace Platform.Hosting.Documents.MongoDb;

/// <summary>What is asked of the collections, and how what they hold is read.</summary>
internal static class MongoQueries
{
    private const int MaxPage = 1000;
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly SortDefinitionBuilder<BsonDocument> Sort = Builders<BsonDocument>.Sort;

    public static IFindFluent<BsonDocument, BsonDocument> Document(MongoDatabase database, string collection, string id) =>
        database.Collection(MongoNames.Documents)
            .Find(Filter.Eq(MongoNames.Id, MongoNames.IdOf(new Target(collection, DocumentKey.Of(id))))).Limit(1);

    /// <summary>One document more than the page holds, which tells whether there is a next one.</summary>
    public static IFindFluent<BsonDocument, BsonDocument> Page(MongoDatabase database, DocumentQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxPage);
        var order = query.Descending ? Sort.Descending(MongoNames.Key) : Sort.Ascending(MongoNames.Key);
        return database.Collection(MongoNames.Documents).Find(FilterOf(query)).Sort(order).Limit(query.Limit + 1);
    }

    public static IFindFluent<BsonDocument, BsonDocument> Events(MongoDatabase database, long after, int limit) =>
        database.Collection(MongoNames.Events).Find(Filter.Gt(MongoNames.Id, after)).Sort(Sort.Ascending(MongoNames.Id)).Limit(limit);

    public static IFindFluent<BsonDocument, BsonDocument> Head(MongoDatabase database) =>
        database.Collection(MongoNames.Heads).Find(Filter.Eq(MongoNames.Id, MongoNames.EventHead)).Limit(1);

    public static Document<T> ReadDocument<T>(BsonDocument document) => new(
        DocumentKey.Restore(document[MongoNames.Key].AsString, document.GetValue(MongoNames.Original, BsonNull.Value) is BsonBinaryData original ? original.Bytes : null),
        document[MongoNames.Revision].AsInt64,
        JsonSerializer.Deserialize<T>(MongoText.Read(document[MongoNames.Value]), PlatformJson.Tolerant)!);

    public static StoredEvent ReadEvent(BsonDocument stored) => new(
        stored[MongoNames.Id].AsInt64, stored[MongoNames.Type].AsString, stored[MongoNames.Key].AsString,
        DateTimeOffset.Parse(stored[MongoNames.At].AsString, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        JsonElement.Parse(MongoText.Read(stored[MongoNames.Data])),
        stored[MongoNames.TraceParent] is BsonString trace ? trace.AsString : null);

    private static FilterDefinition<BsonDocument> FilterOf(DocumentQuery query)
    {
        var filter = Filter.Eq(MongoNames.Collection, query.Collection);
        if (query.Where.Count > 0) filter &= Filter.All(MongoNames.Fields, query.Where.Select(MongoNames.FieldOf));
        if (query.After is not { } after) return filter;
        return filter & (query.Descending ? Filter.Lt(MongoNames.Key, DocumentKey.Of(after)) : Filter.Gt(MongoNames.Key, DocumentKey.Of(after)));
    }
}
