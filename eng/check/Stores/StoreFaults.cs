using Platform.Check.Reports;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;

namespace Platform.Check.Stores;

/// <summary>What the findings of a store mean: what is lost, and what the journal still has.</summary>
/// <param name="store">The store's name.</param>
/// <param name="state">What it holds, the journal included.</param>
/// <param name="events">All its events; in the place of those that are lost stands one that says so.</param>
/// <param name="saved">The events of the last segment as the files have them, without the journal.</param>
internal sealed class StoreFaults(string store, StoreState state, IReadOnlyList<StoredEvent> events, IReadOnlyList<StoredEvent> saved)
{
    private const string FromJournal = "from the journal";

    public Fault Of(IGrouping<string, Finding> findings)
    {
        var what = string.Join("; ", findings.Select(finding => finding.What).Distinct());
        return findings.Key.Split('/') switch
        {
            ["documents", var collection, var file] => OfDocument(collection, file, what),
            ["documents", var collection] => New($"documents/{collection}", findings.Key, null, what, $"what is missing of the collection {collection}", null),
            ["events", var file] => OfEvents(file, what),
            ["journal", _] => New("journal", findings.Key, null, what, "what it committed, but for what was committed again behind it", null),
            _ => New(findings.Key, findings.Key, null, what, "nothing; but what else is missing of the store is not missed without it", "from the documents and events"),
        };
    }

    private Fault OfDocument(string collection, string file, string what)
    {
        var (path, known) = ($"documents/{collection}/{file}", All(collection).FirstOrDefault(document => FileNames.Of(document.Id) + ".json" == file));
        var (id, isInJournal) = (known?.Id ?? Uri.UnescapeDataString(Path.GetFileNameWithoutExtension(file)), known is not null);
        return New($"documents/{collection}", path, $"document '{id}'", what,
            isInJournal ? "nothing" : $"the document '{id}' of the collection {collection}", isInJournal ? FromJournal : null);
    }

    private IReadOnlyList<StoredDocument> All(string collection) =>
        state.Collection(collection).Page(new DocumentQuery(collection) { Limit = int.MaxValue }).Items;

    private Fault OfEvents(string file, string what)
    {
        var first = long.Parse(Path.GetFileNameWithoutExtension(file));
        var lost = LostIn(events, first);
        var mended = LostIn(saved, first) - lost;
        return New("events", $"events/{file}", lost > 0 ? $"{lost} of its events" : null, what,
            lost > 0 ? $"{lost} of the events from {first} on; one that says so stands in the place of each" : "nothing",
            lost > 0 ? null : mended > 0 ? FromJournal : "by writing it anew");
    }

    private static int LostIn(IEnumerable<StoredEvent> among, long first) =>
        among.Count(stored => stored.Type == StoredEvent.LostType && EventSegments.FirstOf(stored.Sequence) == first);

    private Fault New(string kind, string file, string? record, string what, string lost, string? source) =>
        new($"{store}/{kind}", $"{store}/{file}", record, what, lost, source);
}
