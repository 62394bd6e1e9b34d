using System.Text.Json;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Files;

/// <summary>
/// The folder of a store: <c>documents/COLLECTION/ID.json</c>, <c>events/FIRST.jsonl</c>, <c>journal/NUMBER.jsonl</c>.
/// The journal is the truth; documents and events are what it has been folded into.
/// </summary>
internal sealed class StoreFolder
{
    private readonly DurableFiles _files;
    private readonly string _documents;

    public StoreFolder(string folder, DurableFiles files)
    {
        _files = files;
        _documents = files.CreateFolder(Path.Combine(folder, "documents"));
        Events = new EventSegments(files.CreateFolder(Path.Combine(folder, "events")), files);
        Journal = new Journal(files.CreateFolder(Path.Combine(folder, "journal")), files);
        // Those that are there already may be from a process that ended before their names were on the disk.
        files.SyncFolder(folder);
        files.SyncFolder(_documents);
    }

    public Journal Journal { get; }

    public EventSegments Events { get; }

    /// <summary>What the files say.</summary>
    public StoreState Load()
    {
        var events = Events.ReadLast();
        var state = StoreState.Empty with { RecentEvents = events, LastSequence = events.LastOrDefault()?.Sequence ?? 0 };
        foreach (var collection in Directory.EnumerateDirectories(_documents))
        {
            foreach (var file in Directory.EnumerateFiles(collection))
                if (LoadDocument(file) is { } document)
                    state = state.Apply(new JournalWrite(Path.GetFileName(collection), document.Id, document));
        }
        return state;
    }

    /// <summary>Saves the documents named by <paramref name="changed"/> and the events after <paramref name="savedSequence"/>.</summary>
    public void Save(StoreState state, IReadOnlyCollection<DocumentKey> changed, long savedSequence)
    {
        foreach (var collection in changed.GroupBy(key => key.Collection)) SaveCollection(state, collection);
        if (state.LastSequence == savedSequence) return;
        Events.Save(state, savedSequence);
        _files.SyncFolder(Events.Folder);
    }

    private void SaveCollection(StoreState state, IGrouping<string, DocumentKey> changed)
    {
        var folder = _files.CreateFolder(Path.Combine(_documents, changed.Key));
        var documents = state.Collection(changed.Key);
        foreach (var key in changed) SaveDocument(Path.Combine(folder, FileNames.Of(key.Id) + ".json"), documents.Find(key.Id));
        _files.SyncFolder(folder);
    }

    private void SaveDocument(string path, StoredDocument? document)
    {
        if (document is null) _files.Delete(path);
        else _files.Replace(path, JsonSerializer.SerializeToUtf8Bytes(document, PlatformJson.Tolerant));
    }

    private static StoredDocument? LoadDocument(string path)
    {
        if (path.EndsWith(DurableFiles.TemporarySuffix, StringComparison.Ordinal))
        {
            File.Delete(path); // left by a crash before it took its place; the journal has what it was to hold
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize<StoredDocument>(File.ReadAllBytes(path), PlatformJson.Tolerant);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The document file '{path}' is damaged: {exception.Message}", exception);
        }
    }
}

/// <summary>Names a document.</summary>
internal readonly record struct DocumentKey(string Collection, string Id);
