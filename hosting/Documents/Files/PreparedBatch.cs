using System.Diagnostics;
using System.Text.Json;
using Platform.Contracts;

namespace Platform.Hosting.Documents.Files;

/// <summary>A batch whose values are serialised, so that nothing that can fail or change is left for the writer.</summary>
internal sealed class PreparedBatch
{
    private readonly List<(DocumentWrite Write, JsonElement Value)> _writes;
    private readonly List<(OutboxMessage Message, JsonElement Data)> _messages;
    private readonly string? _traceParent = Activity.Current?.Id;

    public PreparedBatch(DocumentBatch batch)
    {
        _writes = [.. batch.Writes.Select(write => (write, Serialise(write.Value, write.Type)))];
        _messages = [.. batch.Messages.Select(message => (message, Serialise(message.Message, message.Type)))];
    }

    public bool IsEmpty => _writes.Count == 0 && _messages.Count == 0;

    /// <summary>
    /// Applies the batch to <paramref name="state"/> and returns its journal entry; or leaves the state as it is, returns null
    /// and names the conflict.
    /// </summary>
    public JournalEntry? TryApply(ref StoreState state, DateTimeOffset at, out DocumentConflict? conflict)
    {
        var next = state;
        var writes = new List<JournalWrite>(_writes.Count);
        foreach (var (write, value) in _writes)
        {
            var revision = next.Collection(write.Collection).Find(write.Id)?.Revision ?? 0;
            conflict = write.ExpectedRevision is { } expected && expected != revision
                ? new DocumentConflict(write.Collection, write.Id, expected, revision)
                : null;
            if (conflict is not null) return null;
            var document = write.Value is null ? null : new StoredDocument(write.Id, revision + 1, write.Index, value);
            writes.Add(new JournalWrite(write.Collection, write.Id, document));
            next = next.Apply(writes[^1]);
        }
        var events = Events(state.LastSequence, at);
        state = events.Aggregate(next, (applied, stored) => applied.Append(stored));
        conflict = null;
        return new JournalEntry(writes, events, TotalsOf(next, writes));
    }

    private static Dictionary<string, CollectionTotal> TotalsOf(StoreState state, List<JournalWrite> writes) =>
        writes.Select(write => write.Collection).Distinct().ToDictionary(name => name, name => state.Collection(name).Total);

    private List<StoredEvent> Events(long lastSequence, DateTimeOffset at) =>
        [.. _messages.Select((message, i) => new StoredEvent(lastSequence + i + 1, MessageTypes.NameOf(message.Message.Type),
            message.Message.Key, at, message.Data, _traceParent))];

    private static JsonElement Serialise(object? value, Type? type) =>
        value is null ? default : JsonSerializer.SerializeToElement(value, type!, PlatformJson.Tolerant);
}
