using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Platform.Hosting.Documents.Files;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>The events of a store. In the place of one that is damaged or gone stands one that says so.</summary>
internal sealed class SqliteEvents(SqliteReaders readers, StoreDamage damage)
{
    private const string Range = "select sequence, type, key, at, data, trace_parent, seal from events where sequence between $1 and $2 order by sequence";

    public static void Insert(SqliteSession session, long sequence, string type, string key, string at, string data, string? traceParent) => session.Execute(
        "insert into events (sequence, type, key, at, data, trace_parent, seal) values ($1, $2, $3, $4, $5, $6, $7)",
        sequence, type, key, at, data, traceParent,
        RecordSeal.OfEvent(sequence, Bytes(type), Bytes(key), Bytes(at), Bytes(data), Bytes(traceParent ?? "")));

    /// <summary>The events from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public IReadOnlyList<StoredEvent> Read(long first, long last)
    {
        var found = Find(first, last);
        for (var sequence = first; sequence <= last; sequence++)
        {
            if (found.TryGetValue(sequence, out var known) && known.Event is not null) continue;
            damage.Noticed($"events/{sequence}", known.Content is null ? "it is missing" : "it is damaged", known.Content);
        }
        return [.. Sequences(first, last).Select(sequence => found.GetValueOrDefault(sequence).Event ?? StoredEvent.Lost(sequence))];
    }

    private Dictionary<long, (StoredEvent? Event, byte[]? Content)> Find(long first, long last)
    {
        try
        {
            return Find(first, last, readers);
        }
        catch (SqliteDamageException) when (first < last)
        {
            return FindEach(first, last); // the others are read
        }
        catch (SqliteDamageException)
        {
            return [];
        }
    }

    private Dictionary<long, (StoredEvent? Event, byte[]? Content)> FindEach(long first, long last) =>
        Sequences(first, last).SelectMany(sequence => Find(sequence, sequence)).ToDictionary();

    private static Dictionary<long, (StoredEvent? Event, byte[]? Content)> Find(long first, long last, SqliteReaders readers) =>
        readers.Run(session => session.Read(Range, Read, first, last)).ToDictionary(found => found.Sequence, found => (found.Event, (byte[]?)found.Data));

    private static (long Sequence, StoredEvent? Event, byte[] Data) Read(SqliteDataReader row)
    {
        var (sequence, parts) = (row.GetInt64(0), Enumerable.Range(1, 5).Select(column => SqliteRow.Bytes(row, column)).ToArray());
        var isWhole = RecordSeal.OfEvent(sequence, parts[0], parts[1], parts[2], parts[3], parts[4]) == SqliteRow.Integer(row, 6);
        return (sequence, isWhole ? EventOf(sequence, parts) : null, parts[3]);
    }

    private static StoredEvent EventOf(long sequence, byte[][] parts) => new(
        sequence, Text(parts[0]), Text(parts[1]), DateTimeOffset.Parse(Text(parts[2]), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        JsonElement.Parse(parts[3]), parts[4].Length == 0 ? null : Text(parts[4]));

    private static IEnumerable<long> Sequences(long first, long last)
    {
        for (var sequence = first; sequence <= last; sequence++) yield return sequence;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
