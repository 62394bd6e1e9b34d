using Platform.Hosting.Storage;

namespace Platform.Registry.Packing;

/// <summary>A part of a file.</summary>
internal sealed class FilePart : ReadOnceStream
{
    private readonly FileStream _file;
    private long _left;

    public FilePart(string path, long start, long length)
    {
        _file = File.OpenRead(path);
        _file.Position = start;
        _left = length;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _file.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        _left -= read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }
}
