namespace Platform.Hosting.Documents;

/// <summary>A stored document.</summary>
/// <param name="Id">Unique in its collection.</param>
/// <param name="Revision">Counts from 1; grows by one with every write.</param>
/// <param name="Value">The value.</param>
public sealed record Document<T>(string Id, long Revision, T Value);

/// <summary>A page of documents.</summary>
/// <param name="Items">The documents.</param>
/// <param name="Next">What to pass as <see cref="DocumentQuery.After"/> for the next page; null on the last.</param>
public sealed record DocumentPage<T>(IReadOnlyList<Document<T>> Items, string? Next);

/// <summary>The document whose revision was not the expected one.</summary>
public sealed record DocumentConflict(string Collection, string Id, long? Expected, long Actual);

/// <summary>Which documents to read.</summary>
/// <param name="Collection">The collection.</param>
public sealed record DocumentQuery(string Collection)
{
    /// <summary>Indexed fields that must have these values.</summary>
    public IReadOnlyDictionary<string, string> Where { get; init; } = new Dictionary<string, string>();

    /// <summary>Only documents after this id in the chosen order; from the start when null.</summary>
    public string? After { get; init; }

    /// <summary>At most this many, 1 to 1000.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Last id first.</summary>
    public bool Descending { get; init; }
}
