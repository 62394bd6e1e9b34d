using Platform.Hosting.Documents.Files;
using Platform.Hosting.Scrubbing;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>Reads every record of an open store, and holds what there is against the account.</summary>
internal sealed class SqliteScrub(SqliteReaders readers, SqliteEvents events, SqliteWriter writer, StoreDamage damage, Action<SqliteRow> setAside)
{
    private const int Together = 100;
    private const string Range = $"select {SqliteRow.Columns} from documents d not indexed where d.number between $1 and $2";

    /// <summary>Returns how much was found damaged.</summary>
    public async Task<int> RunAsync(ScrubPace pace, CancellationToken cancellationToken)
    {
        var before = damage.Findings.Count;
        await ReadDocumentsAsync(pace, cancellationToken);
        var last = writer.Account.LastSequence;
        for (var first = 1L; first <= last; first += Together)
            await pace.PayAsync(events.Read(first, Math.Min(last, first + Together - 1)).Sum(stored => (long)stored.Data.GetRawText().Length), cancellationToken);
        foreach (var collection in writer.Account.Collections.Keys) await CompareAsync(collection, pace, cancellationToken);
        return damage.Findings.Count - before;
    }

    private async Task ReadDocumentsAsync(ScrubPace pace, CancellationToken cancellationToken)
    {
        var last = readers.Run(session => session.Read("select coalesce(max(number), 0) from documents", row => row.GetInt64(0))).Single();
        for (var first = 1L; first <= last; first += Together)
        {
            var rows = Find(first, first + Together - 1);
            foreach (var row in rows.Where(row => !row.IsWhole)) setAside(row);
            await pace.PayAsync(rows.Sum(row => (long)row.Value.Length), cancellationToken);
        }
    }

    private List<SqliteRow> Find(long first, long last)
    {
        try
        {
            return readers.Run(session => session.Read(Range, SqliteRow.Read, first, last));
        }
        catch (SqliteDamageException) when (first < last)
        {
            return [.. Enumerable.Range(0, (int)(last - first + 1)).SelectMany(i => Find(first + i, first + i))];
        }
        catch (SqliteDamageException exception)
        {
            damage.Noticed($"documents/number {first}", $"it cannot be read: {exception.InnerException!.Message}", null);
            return [];
        }
    }

    private async Task CompareAsync(string collection, ScrubPace pace, CancellationToken cancellationToken)
    {
        try
        {
            var (found, expected) = await readers.RunAsync(session => CountAsync(session, collection, pace, cancellationToken));
            if (found == expected) return;
            damage.Noticed($"documents/{collection}", $"it holds {found.Count} documents, and should hold {expected.Count}, or not the same", null);
            writer.Correct(collection, found, expected);
        }
        catch (SqliteDamageException exception)
        {
            damage.Noticed($"documents/{collection}", $"it cannot be counted: {exception.InnerException!.Message}", null);
        }
    }

    /// <summary>Counts what was there between two commits; those that follow need not wait for it.</summary>
    private async Task<(CollectionTotal Found, CollectionTotal Expected)> CountAsync(
        SqliteSession session, string collection, ScrubPace pace, CancellationToken cancellationToken)
    {
        var count = new SqliteCount(session, collection);
        var expected = writer.Expect(collection, session.BeginReading);
        for (var goesOn = true; goesOn;)
        {
            goesOn = count.TryCount(out var bytes);
            await pace.PayAsync(bytes, cancellationToken);
        }
        session.EndReading();
        return (count.Total, expected);
    }
}
