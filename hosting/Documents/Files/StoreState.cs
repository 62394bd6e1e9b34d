using System.Collections.Immutable;

namespace Platform.Hosting.Documents.Files;

/// <summary>
/// Everything a store holds at one point between two commits: all documents, and the latest events back to a segment's
/// beginning. Immutable, so that one reference swap makes a whole batch visible at once.
/// </summary>
internal sealed record StoreState(
    ImmutableDictionary<string, DocumentCollection> Collections, long LastSequence, ImmutableList<StoredEvent> RecentEvents)
{
    public static StoreState Empty { get; } = new(ImmutableDictionary<string, DocumentCollection>.Empty, 0, []);

    /// <summary>Sequence number of the first event kept in memory; older ones are read from their segment files.</summary>
    public long FirstRecent => LastSequence - RecentEvents.Count + 1;

    public DocumentCollection Collection(string name) => Collections.GetValueOrDefault(name, DocumentCollection.Empty);

    public StoreState Apply(JournalEntry entry)
    {
        var state = this;
        foreach (var write in entry.Writes) state = state.Apply(write);
        foreach (var stored in entry.Events) state = state.Append(stored);
        return state;
    }

    public StoreState Apply(JournalWrite write)
    {
        var collection = Collection(write.Collection);
        var changed = write.Document is null ? collection.Without(write.Id) : collection.With(write.Document);
        return this with { Collections = Collections.SetItem(write.Collection, changed) };
    }

    /// <summary>
    /// Appends an event, unless it is here already: a journal is replayed over files that may know it. What is missing before it, by a journal
    /// that was damaged, is told of in its place.
    /// </summary>
    public StoreState Append(StoredEvent stored)
    {
        if (stored.Sequence <= LastSequence) return InPlaceOfLost(stored);
        if (stored.Sequence != LastSequence + 1) return Append(StoredEvent.Lost(LastSequence + 1)).Append(stored);
        return this with { LastSequence = stored.Sequence, RecentEvents = RecentEvents.Add(stored) };
    }

    private StoreState InPlaceOfLost(StoredEvent stored)
    {
        var index = (int)Math.Clamp(stored.Sequence - FirstRecent, -1, RecentEvents.Count);
        return index >= 0 && index < RecentEvents.Count && RecentEvents[index].Type == StoredEvent.LostType
            ? this with { RecentEvents = RecentEvents.SetItem(index, stored) }
            : this;
    }

    /// <summary>Up to <paramref name="limit"/> of the events in memory, from sequence number <paramref name="first"/> on.</summary>
    public ImmutableList<StoredEvent> Recent(long first, int limit)
    {
        var skipped = (int)Math.Clamp(first - FirstRecent, 0, RecentEvents.Count);
        return RecentEvents.GetRange(skipped, Math.Min(limit, RecentEvents.Count - skipped));
    }

    /// <summary>Forgets the events of whole segments that are saved up to <paramref name="savedSequence"/>.</summary>
    public StoreState Trim(long savedSequence)
    {
        var surplus = (int)(EventSegments.FirstOf(savedSequence + 1) - FirstRecent);
        return surplus <= 0 ? this : this with { RecentEvents = RecentEvents.RemoveRange(0, surplus) };
    }
}
