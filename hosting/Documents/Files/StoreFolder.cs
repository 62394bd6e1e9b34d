using System.Text.Json;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Files;

/// <summary>
/// The folder of a store: <c>documents/COLLECTION/ID.json</c>, <c>events/FIRST.jsonl</c>, <c>journal/NUMBER.jsonl</c>, <c>account.json</c>.
/// The journal is the truth; documents, events and the account are what it has been folded into. All are sealed (<see cref="Seal"/>); what
/// is damaged is kept in <c>damaged/</c>.
/// </summary>
internal sealed class StoreFolder
{
    // A dispatcher notes in documents of this collection how far it has come, in a member of this name: new events stand behind that.
    public const string Positions = "outbox";
    private const string Position = "sequence";

    private readonly string _folder;
    private readonly DurableFiles _files;

    public StoreFolder(string folder, DurableFiles files, StoreDamage damage)
    {
        (_folder, _files, Damage) = (folder, files, damage);
        Documents = new DocumentFiles(files.CreateFolder(Path.Combine(folder, "documents")), files, damage);
        Events = new EventSegments(files.CreateFolder(Path.Combine(folder, "events")), files, damage);
        Journal = new Journal(files.CreateFolder(Path.Combine(folder, "journal")), files);
        // Those that are there already may be from a process that ended before their names were on the disk.
        files.SyncFolder(folder);
        files.SyncFolder(Documents.Folder);
        files.SyncFolder(Events.Folder); // and events that it has read are not written again
    }

    public StoreDamage Damage { get; }

    public DocumentFiles Documents { get; }

    public Journal Journal { get; }

    public EventSegments Events { get; }

    /// <summary>What the files say.</summary>
    public LoadedFiles Load()
    {
        var account = StoreAccount.Read(_folder, Damage);
        var (state, damaged, unsealed) = Documents.Load();
        if (account is null && !state.Collections.IsEmpty && unsealed.Count == 0) Damage.Found("account.json", "it is missing, or was damaged", null);
        var (events, areWhole) = Events.ReadLast(Math.Max(account?.LastSequence ?? 0, Furthest(state)));
        var last = events.IsEmpty ? account?.LastSequence ?? 0 : events[^1].Sequence;
        var saved = areWhole ? last : EventSegments.FirstOf(last) - 1;
        return new LoadedFiles(state with { RecentEvents = events, LastSequence = last }, account, damaged, unsealed, saved);
    }

    /// <summary>Saves the documents named by <paramref name="changed"/> and the events after <paramref name="savedSequence"/>.</summary>
    public void Save(StoreState state, IReadOnlyCollection<DocumentKey> changed, long savedSequence)
    {
        foreach (var collection in changed.GroupBy(key => key.Collection)) Documents.Save(state, collection);
        if (state.LastSequence != savedSequence)
        {
            Events.Save(state, savedSequence);
            _files.SyncFolder(Events.Folder);
        }
        StoreAccount.Of(state, Journal.Number).Save(_folder, _files);
    }

    /// <summary>How far the dispatcher has come that wrote this document of <see cref="Positions"/>.</summary>
    public static long PositionIn(ReadOnlySpan<byte> json)
    {
        try
        {
            return PositionIn(JsonElement.Parse(json));
        }
        catch (JsonException)
        {
            return 0; // a damaged one, which is told when it is read
        }
    }

    private static long Furthest(StoreState state) => state.Collection(Positions).Page(new DocumentQuery(Positions) { Limit = int.MaxValue - 1 }).Items
        .Select(document => PositionIn(document.Value)).DefaultIfEmpty(0).Max();

    private static long PositionIn(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(Position, out var value)
        && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var sequence) ? sequence : 0;
}

/// <summary>Names a document.</summary>
internal readonly record struct DocumentKey(string Collection, string Id);
