using System.Text.Json;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Files;

/// <summary>The documents of a store, each a file: <c>COLLECTION/ID.json</c>, one sealed line.</summary>
internal sealed class DocumentFiles(string folder, DurableFiles files, StoreDamage damage)
{
    private const string Extension = ".json";

    public string Folder => folder;

    /// <summary>All that can be read; the collections of which a document cannot; those documents that have no checksum yet.</summary>
    public (StoreState State, HashSet<string> Damaged, HashSet<DocumentKey> Unsealed) Load()
    {
        var (state, damaged, unsealed) = (StoreState.Empty, new HashSet<string>(), new HashSet<DocumentKey>());
        foreach (var path in Paths())
        {
            if (RemoveUnfinished(path)) continue;
            var collection = Path.GetFileName(Path.GetDirectoryName(path)!);
            if (ReadBytes(path) is not { } content)
            {
                damaged.Add(collection);
                continue;
            }
            if (Read(PlaceOf(collection, path), content) is { } document)
            {
                state = state.Apply(new JournalWrite(collection, document.Id, document));
                if (Seal.IsMissing(content)) unsealed.Add(new DocumentKey(collection, document.Id));
                continue;
            }
            damaged.Add(collection);
            damage.Found(PlaceOf(collection, path), "it is damaged, or another's content is in its place", content);
            files.Delete(path);
        }
        return (state, damaged, unsealed);
    }

    /// <summary>Saves the documents that have changed in one collection.</summary>
    public void Save(StoreState state, IGrouping<string, DocumentKey> changed)
    {
        var of = files.CreateFolder(Path.Combine(folder, changed.Key));
        var documents = state.Collection(changed.Key);
        foreach (var key in changed) Save(Path.Combine(of, NameOf(key.Id)), changed.Key, documents.Find(key.Id));
        files.SyncFolder(of);
    }

    private void Save(string path, string collection, StoredDocument? document)
    {
        if (document is null) files.Delete(path);
        else files.Replace(path, Seal.Line(PlaceOf(collection, path), JsonSerializer.SerializeToUtf8Bytes(document, PlatformJson.Tolerant)));
    }

    private IEnumerable<string> Paths() =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).SelectMany(Directory.EnumerateFiles) : [];

    /// <summary>Removes what a crash left before it took its place; the journal has what it was to hold.</summary>
    private bool RemoveUnfinished(string path)
    {
        if (!path.EndsWith(DurableFiles.TemporarySuffix, StringComparison.Ordinal)) return false;
        files.Delete(path);
        return true;
    }

    /// <summary>All of the file; null where the disk cannot read it. It stays: there is nothing to keep elsewhere.</summary>
    private byte[]? ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (IOException exception)
        {
            damage.Noticed(PlaceOf(Path.GetFileName(Path.GetDirectoryName(path)!), path), $"it cannot be read: {exception.Message}", null);
            return null;
        }
    }

    /// <summary>Where a document's file lies, seen from the store's folder, and all of it; null when it is not there or cannot be read.</summary>
    public (string Place, byte[]? Content) Read(string collection, string id)
    {
        var path = Path.Combine(folder, collection, NameOf(id));
        return (PlaceOf(collection, path), File.Exists(path) ? ReadBytes(path) : null);
    }

    /// <summary>What the content of a file is; null when it is damaged, or of another place.</summary>
    public static StoredDocument? Read(string place, byte[] content)
    {
        try
        {
            var json = Seal.IsMissing(content) ? content : content is [.. var line, (byte)'\n'] ? Seal.Open(place, line) : [];
            var document = json.IsEmpty ? null : JsonSerializer.Deserialize<StoredDocument>(json, PlatformJson.Tolerant);
            return document is { Id: not null, Index: not null } && place.EndsWith("/" + NameOf(document.Id), StringComparison.Ordinal) ? document : null;
        }
        catch (JsonException)
        {
            return null; // the caller tells of it
        }
    }

    private static string PlaceOf(string collection, string path) => $"documents/{collection}/{Path.GetFileName(path)}";

    private static string NameOf(string id) => FileNames.Of(id) + Extension;
}
