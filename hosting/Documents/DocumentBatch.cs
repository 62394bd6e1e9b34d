using Platform.Contracts;

namespace Platform.Hosting.Documents;

/// <summary>Writes that belong together, and the events that tell of them.</summary>
public sealed class DocumentBatch
{
    private readonly List<DocumentWrite> _writes = [];
    private readonly List<OutboxMessage> _messages = [];

    /// <summary>The writes, in order.</summary>
    public IReadOnlyList<DocumentWrite> Writes => _writes;

    /// <summary>The outbox messages, in order.</summary>
    public IReadOnlyList<OutboxMessage> Messages => _messages;

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => _writes.Count == 0 && _messages.Count == 0;

    /// <summary>
    /// Stores a document. A collection is named by lower-case letters, digits and '-'; an id is any text that is not empty.
    /// <paramref name="expectedRevision"/>: 0 = must not exist yet, n = must be at n, null = whatever it is.
    /// <paramref name="index"/> holds the fields that queries can ask for.
    /// </summary>
    public DocumentBatch Put<T>(string collection, string id, T value, long? expectedRevision,
        IReadOnlyDictionary<string, string>? index = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        Add(new DocumentWrite(collection, id, value, typeof(T), expectedRevision, index ?? new Dictionary<string, string>()));
        return this;
    }

    /// <summary>Removes a document if it exists.</summary>
    public DocumentBatch Delete(string collection, string id, long? expectedRevision = null)
    {
        Add(new DocumentWrite(collection, id, null, null, expectedRevision, new Dictionary<string, string>()));
        return this;
    }

    /// <summary>Publishes <paramref name="message"/> once the batch is committed, in order per <paramref name="key"/>.</summary>
    public DocumentBatch Publish<T>(string key, T message) where T : IEvent
    {
        _messages.Add(new OutboxMessage(key, message, typeof(T)));
        return this;
    }

    /// <summary>Takes everything of another batch in, behind what is here.</summary>
    public DocumentBatch Join(DocumentBatch other)
    {
        _writes.AddRange(other._writes);
        _messages.AddRange(other._messages);
        return this;
    }

    private void Add(DocumentWrite write)
    {
        ArgumentException.ThrowIfNullOrEmpty(write.Id);
        if (write.Collection.Length == 0 || !write.Collection.All(IsPlain))
            throw new ArgumentException($"'{write.Collection}' is no name for a collection: use lower-case letters, digits and '-'.");
        _writes.Add(write);
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-';
}

/// <summary>One write; <paramref name="Value"/> null means delete.</summary>
public sealed record DocumentWrite(string Collection, string Id, object? Value, Type? Type, long? ExpectedRevision,
    IReadOnlyDictionary<string, string> Index);

/// <summary>One message to publish after the commit.</summary>
public sealed record OutboxMessage(string Key, object Message, Type Type);
