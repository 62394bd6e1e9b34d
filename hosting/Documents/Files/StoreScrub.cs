using Platform.Hosting.Scrubbing;

namespace Platform.Hosting.Documents.Files;

/// <summary>
/// Reads the files of an open store. A document that is damaged or gone is told, set aside and, as memory has it, saved again. Of events,
/// those are read that memory does not have: what is damaged of them is told. The journal is removed with each checkpoint before it ages.
/// </summary>
internal sealed class StoreScrub(StoreFolder folder, StoreWriter writer)
{
    /// <summary>Returns how much was found damaged.</summary>
    public async Task<int> RunAsync(ScrubPace pace, CancellationToken cancellationToken)
    {
        var before = folder.Damage.Findings.Count;
        foreach (var (collection, documents) in writer.Saved.Collections)
            foreach (var document in documents.Page(new DocumentQuery(collection) { Limit = int.MaxValue }).Items)
                await pace.PayAsync(Read(collection, document), cancellationToken);
        for (var first = 1L; first < writer.State.FirstRecent; first += EventSegments.Size)
            await pace.PayAsync(folder.Events.Check(first), cancellationToken);
        return folder.Damage.Findings.Count - before;
    }

    /// <summary>Returns how many bytes were read.</summary>
    private long Read(string collection, StoredDocument document)
    {
        if (!IsAtRest(collection, document)) return 0;
        var (place, content) = folder.Documents.Read(collection, document.Id);
        if (content is not null && DocumentFiles.Read(place, content) is not null) return content.Length;
        if (!IsAtRest(collection, document)) return 0; // it was removed or written over meanwhile
        folder.Damage.Found(place, content is null ? "it was missing, or could not be read, and was saved again" : "it was damaged, and was saved again", content);
        writer.SaveAgain(new DocumentKey(collection, document.Id));
        return content?.Length ?? 0;
    }

    /// <summary>Whether the document was saved as it is, so that its file does not change unless it is damaged.</summary>
    private bool IsAtRest(string collection, StoredDocument document) =>
        ReferenceEquals(writer.Saved.Collection(collection).Find(document.Id), document) && ReferenceEquals(writer.State.Collection(collection).Find(document.Id), document);
}
