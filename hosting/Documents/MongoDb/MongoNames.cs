using MongoDB.Bson;
using Platform.Hosting.Documents.Servers;

namespace Platform.Hosting.Documents.MongoDb;

/// <summary>Collections of a service's database, and the fields of what lies in them.</summary>
internal static class MongoNames
{
    public const string Documents = "documents";
    public const string Events = "events";
    public const string Heads = "heads";
    public const string Commits = "commits";
    public const string Leases = "leases";

    /// <summary>The one document of <see cref="Heads"/>.</summary>
    public const string EventHead = "events";

    public const string Id = "_id";
    public const string Collection = "collection";
    public const string Key = "key";
    public const string Original = "original";
    public const string Revision = "revision";
    public const string Fields = "fields";
    public const string Value = "value";
    public const string Sequence = "sequence";
    public const string Type = "type";
    public const string At = "at";
    public const string Data = "data";
    public const string TraceParent = "traceParent";
    public const string Owner = "owner";
    public const string Renewal = "renewal";

    /// <summary>Names a document in its database. A collection's name holds no slash.</summary>
    public static string IdOf(Target target) => $"{target.Collection}/{target.Key}";

    /// <summary>An indexed field with its value, as one entry of a document's <see cref="Fields"/>: neither holds U+0000.</summary>
    public static BsonValue FieldOf(KeyValuePair<string, string> field) =>
        $"{DocumentKey.Of(field.Key)}\0{DocumentKey.Of(field.Value)}";
}
