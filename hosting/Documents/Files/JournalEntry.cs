namespace Platform.Hosting.Documents.Files;

/// <summary>One committed batch: one line of the journal.</summary>
internal sealed record JournalEntry(IReadOnlyList<JournalWrite> Writes, IReadOnlyList<StoredEvent> Events);

/// <summary>One document after the batch; a null document has been removed.</summary>
internal sealed record JournalWrite(string Collection, string Id, StoredDocument? Document);
