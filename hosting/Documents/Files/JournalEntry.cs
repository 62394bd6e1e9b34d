namespace Platform.Hosting.Documents.Files;

/// <summary>One committed batch.</summary>
/// <param name="Writes">The documents after it.</param>
/// <param name="Events">The events that it added.</param>
/// <param name="Totals">What each collection that it wrote to holds after it; null in the journal of an earlier build.</param>
internal sealed record JournalEntry(
    IReadOnlyList<JournalWrite> Writes, IReadOnlyList<StoredEvent> Events, IReadOnlyDictionary<string, CollectionTotal>? Totals = null);

/// <summary>One document after the batch; a null document has been removed.</summary>
internal sealed record JournalWrite(string Collection, string Id, StoredDocument? Document);

/// <summary>What a journal file holds.</summary>
/// <param name="Entries">The batches that can be read, in order.</param>
/// <param name="Damaged">How many of its lines are damaged.</param>
/// <param name="IsTorn">Whether it ends amid a line.</param>
/// <param name="Bytes">All that it holds.</param>
internal sealed record JournalContent(IReadOnlyList<JournalEntry> Entries, int Damaged, bool IsTorn, byte[] Bytes);
