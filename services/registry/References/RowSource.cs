namespace Platform.Registry.References;

/// <summary>The rows of an uploaded dataset, whatever its format.</summary>
internal abstract class RowSource(IReadOnlyList<string> header) : IAsyncDisposable
{
    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Header => header;

    /// <summary>The rows, once; each is valid until the next. Throws <see cref="ReferenceException"/> where the file is malformed.</summary>
    public abstract IAsyncEnumerable<SourceRow> ReadAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
