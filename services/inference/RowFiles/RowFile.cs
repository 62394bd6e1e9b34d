namespace Platform.Inference.RowFiles;

/// <summary>A file of rows, read once from its beginning to its end.</summary>
internal abstract class RowFile : IAsyncDisposable
{
    /// <summary>The columns in their order. Of a format without a header they are known when all rows have been read.</summary>
    public abstract IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>The rows. Throws <see cref="RowFileException"/> where the file as a whole cannot be read on.</summary>
    public abstract IAsyncEnumerable<FileRow> ReadAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    /// <summary>Begins a file.</summary>
    /// <param name="format">A value of <see cref="RowFormat"/>.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="columns">Its columns where an earlier reading has shown them; null at the first.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <exception cref="RowFileException">It does not begin as its format asks.</exception>
    public static async Task<RowFile> OpenAsync(
        string format, Stream content, IReadOnlyList<FileColumn>? columns, CancellationToken cancellationToken) => format switch
    {
        RowFormat.Csv => await CsvFile.OpenAsync(content, cancellationToken),
        RowFormat.Lines => new LinesFile(content, columns),
        _ => throw new RowFileException($"The format '{format}' is not known."),
    };
}
