using Microsoft.Extensions.Logging.Abstractions;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Storage;

namespace Platform.Check.Stores;

/// <summary>
/// Opens a store as its service does: what is damaged is set aside, the journal is folded into the documents, and the account is written anew. Then the
/// files of events are, where some are lost, so that each lost one has something in its place.
/// </summary>
internal static class StoreRepair
{
    public static void Run(string folder)
    {
        var files = new DurableFiles();
        long last;
        using (var store = FileDocumentStore.Open(folder, new FileStoreSettings(), files, TimeProvider.System, NullLogger.Instance))
            last = store.LastSequenceAsync(CancellationToken.None).AsTask().Result;
        using var folderLock = FolderLock.Take(folder);
        var damage = new StoreDamage(folder, files, TimeProvider.System, NullLogger.Instance);
        new EventSegments(Path.Combine(folder, "events"), files, damage).Mend(last);
    }
}
