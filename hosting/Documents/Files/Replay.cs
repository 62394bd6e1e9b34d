namespace Platform.Hosting.Documents.Files;

/// <summary>The state after the journal has been applied to what the files said, and what has to be saved for it.</summary>
internal sealed record Replay(StoreState State, HashSet<DocumentKey> Changed, long NextJournal, bool EndDamaged)
{
    public static Replay Of(Journal journal, StoreState loaded)
    {
        var replay = new Replay(loaded, [], 1, false);
        foreach (var number in journal.Numbers())
        {
            if (replay.EndDamaged)
                throw new InvalidDataException($"The journal file before number {number} is damaged; the data folder needs to be restored.");
            var (entries, damaged) = journal.Read(number);
            foreach (var entry in entries) replay = replay.With(entry);
            replay = replay with { NextJournal = number + 1, EndDamaged = damaged };
        }
        return replay;
    }

    private Replay With(JournalEntry entry)
    {
        foreach (var write in entry.Writes) Changed.Add(new DocumentKey(write.Collection, write.Id));
        return this with { State = State.Apply(entry) };
    }
}
