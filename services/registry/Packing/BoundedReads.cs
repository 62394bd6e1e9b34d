namespace Platform.Registry.Packing;

/// <summary>A file of which only so much is read at first: the list of an archive's files is short, whatever it says of it.</summary>
internal sealed class BoundedReads(FileStream file, long maxBytes) : Stream
{
    private long? _left = maxBytes;

    /// <summary>What follows is read without a bound.</summary>
    public void ReadOn() => _left = null;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position { get => file.Position; set => file.Position = value; }

    public override int Read(Span<byte> buffer)
    {
        if (_left is not { } left) return file.Read(buffer);
        var read = file.Read(buffer[..(int)Math.Min(buffer.Length, left + 1)]);
        _left = left - read;
        return _left >= 0 ? read : throw new InvalidDataException("the list of its files is too long");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _left is null ? file.ReadAsync(buffer, cancellationToken) : ValueTask.FromResult(Read(buffer.Span));

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }
}
