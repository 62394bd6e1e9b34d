using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Platform.Hosting.Documents.Files;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>A document as its table holds it, damaged or not.</summary>
internal sealed record SqliteRow(long Number, string Collection, byte[] Id, long Revision, byte[] Fields, byte[] Value, long Seal)
{
    public const string Columns = "d.number, d.collection, d.id, d.revision, d.fields, d.value, d.seal";

    /// <summary>Reads <see cref="Columns"/>: of a damaged record anything may be missing.</summary>
    public static SqliteRow Read(SqliteDataReader row) => new(
        Integer(row, 0), Encoding.UTF8.GetString(Bytes(row, 1)), Bytes(row, 2), Integer(row, 3), Bytes(row, 4), Bytes(row, 5), Integer(row, 6));

    /// <summary>Whether it is what was written.</summary>
    public bool IsWhole => RecordSeal.OfDocument(Collection, Id, Revision, Fields, Value) == Seal;

    /// <summary>What people are told where it lies: as of a store in files.</summary>
    public string Place => PlaceOf(Collection, SqliteText.Restore(Id));

    public static string PlaceOf(string collection, string id) => $"documents/{collection}/{FileNames.Of(id)}.json";

    public Document<T> Typed<T>() => new(SqliteText.Restore(Id), Revision, JsonSerializer.Deserialize<T>(Value, PlatformJson.Tolerant)!);

    public static long Integer(SqliteDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt64(column);

    public static byte[] Bytes(SqliteDataReader row, int column) => row.IsDBNull(column) ? [] : row.GetFieldValue<byte[]>(column);
}
