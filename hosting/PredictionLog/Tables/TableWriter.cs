using System.Buffers;
using Parquet;
using Parquet.Schema;

namespace Platform.Hosting.PredictionLog.Tables;

/// <summary>
/// Writes a Parquet file, zstd-compressed, row after row. What waits in memory is bounded, however long the file: a group of rows is written once it is
/// large enough. The file is whole after <see cref="CompleteAsync"/>; without it nobody can read it.
/// </summary>
public sealed class TableWriter
{
    private const int MostRows = 50_000;
    private const long MostWords = 1_000_000;

    private readonly Stream _target;
    private readonly StagingStream _staging;
    private readonly ParquetWriter _writer;
    private readonly ParquetSchema _schema;
    private readonly IReadOnlyList<TableColumn> _columns;
    private readonly List<object?>[] _cells;
    private long _words;

    private TableWriter(IReadOnlyList<TableColumn> columns, Stream target, ParquetSchema schema, StagingStream staging, ParquetWriter writer)
    {
        (_columns, _target, _schema, _staging, _writer) = (columns, target, schema, staging, writer);
        _cells = [.. columns.Select(_ => new List<object?>())];
    }

    /// <summary>Rows that were added.</summary>
    public long Rows { get; private set; }

    /// <summary>Begins a file. The stream is written forward only and asynchronously, and stays open.</summary>
    public static async Task<TableWriter> BeginAsync(IReadOnlyList<TableColumn> columns, Stream target, CancellationToken cancellationToken)
    {
        var schema = new ParquetSchema(columns.Select(column => column.Type.FieldOf(column.Name)));
        var staging = new StagingStream();
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd };
        var writer = await ParquetWriter.CreateAsync(schema, staging, options, append: false, cancellationToken);
        return new(columns, target, schema, staging, writer);
    }

    /// <summary>Adds a row: a cell for each column, as it is written.</summary>
    public async ValueTask AddAsync(IReadOnlyList<object?> row, CancellationToken cancellationToken)
    {
        for (var at = 0; at < _columns.Count; at++)
        {
            _cells[at].Add(row[at]);
            _words += _columns[at].Type.WeightOf(row[at]);
        }

        Rows++;
        if (_words >= MostWords || _cells[0].Count >= MostRows)
            await WriteGroupAsync(cancellationToken);
    }

    /// <summary>Writes what is left and the end of the file.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_cells[0].Count > 0)
            await WriteGroupAsync(cancellationToken);
        await _writer.DisposeAsync();
        await _staging.MoveToAsync(_target, cancellationToken);
        await _target.FlushAsync(cancellationToken);
    }

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        using (var group = _writer.CreateRowGroup())
        {
            for (var at = 0; at < _columns.Count; at++)
            {
                await _columns[at].Type.WriteAsync(group, _schema.DataFields[at], _cells[at], cancellationToken);
                _cells[at].Clear();
            }

            group.CompleteValidate();
        }

        _words = 0;
        await _staging.MoveToAsync(_target, cancellationToken);
    }

    /// <summary>Where the package writes a group of rows, at once or not, before it goes out.</summary>
    private sealed class StagingStream : Stream
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();
        private long _moved;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Position;

        public override long Position { get => _moved + _bytes.WrittenCount; set => throw new NotSupportedException(); }

        public async Task MoveToAsync(Stream target, CancellationToken cancellationToken)
        {
            await target.WriteAsync(_bytes.WrittenMemory, cancellationToken);
            _moved += _bytes.WrittenCount;
            _bytes.ResetWrittenCount();
        }

        public override void Write(ReadOnlySpan<byte> buffer) => _bytes.Write(buffer);

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _bytes.Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            _bytes.Write(buffer.AsSpan(offset, count));
            return Task.CompletedTask;
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
