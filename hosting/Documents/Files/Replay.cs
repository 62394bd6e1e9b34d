namespace Platform.Hosting.Documents.Files;

/// <summary>The state after the journal has been applied to what the files said, and what has to be saved for it.</summary>
internal sealed record Replay(StoreState State, HashSet<DocumentKey> Changed, long NextJournal, bool EndIsTorn)
{
    /// <summary>What the collections must hold, as far as anything tells.</summary>
    private Dictionary<string, CollectionTotal> Expected { get; } = [];

    public static Replay Of(Journal journal, LoadedFiles loaded, StoreDamage damage)
    {
        var numbers = journal.Numbers();
        TellOfMissing(numbers, loaded.Account?.Journal, damage);
        var replay = new Replay(loaded.State, [], (loaded.Account?.Journal ?? 0) + 1, false);
        foreach (var (collection, total) in loaded.Account?.Collections ?? new Dictionary<string, CollectionTotal>()) replay.Expected[collection] = total;
        foreach (var number in numbers) replay = replay.With(number, journal.Read(number), number == numbers[^1], damage);
        replay.TellOfDocuments(loaded.Damaged, damage);
        return replay;
    }

    private Replay With(long number, JournalContent content, bool isLast, StoreDamage damage)
    {
        var lines = content.Damaged + (content.IsTorn && !isLast ? 1 : 0);
        if (lines > 0) damage.Found(Journal.PlaceOf(number), $"{lines} of its lines are damaged; what they committed is missing", content.Bytes);
        var replay = this;
        foreach (var entry in content.Entries) replay = replay.With(entry);
        return replay with { NextJournal = number + 1, EndIsTorn = content.IsTorn };
    }

    private Replay With(JournalEntry entry)
    {
        foreach (var write in entry.Writes) Changed.Add(new DocumentKey(write.Collection, write.Id));
        foreach (var (collection, total) in entry.Totals ?? new Dictionary<string, CollectionTotal>()) Expected[collection] = total;
        return this with { State = State.Apply(entry) };
    }

    private void TellOfDocuments(IReadOnlySet<string> damaged, StoreDamage damage)
    {
        foreach (var (name, expected) in Expected.Where(entry => !damaged.Contains(entry.Key)))
        {
            var total = State.Collection(name).Total;
            if (total == expected) continue;
            damage.Found($"documents/{name}", total.Count == expected.Count
                ? "a document is not the latest, or another"
                : $"it holds {total.Count} documents, and should hold {expected.Count}", null);
        }
    }

    private static void TellOfMissing(IReadOnlyList<long> numbers, long? first, StoreDamage damage)
    {
        var expected = first ?? (numbers.Count > 0 ? numbers[0] : 0);
        foreach (var number in numbers.Where(number => number >= expected))
        {
            for (; expected < number; expected++) damage.Found(Journal.PlaceOf(expected), "it is missing", null);
            expected++;
        }
        if (expected == first) damage.Found(Journal.PlaceOf(expected), "it is missing", null);
    }
}
