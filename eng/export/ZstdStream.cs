using System.Runtime.InteropServices;

namespace Platform.Export;

/// <summary>
/// Writes one zstd frame (RFC 8878) with the system's libzstd, as .NET has no such stream and no package of one can be relied on.
/// Throws <see cref="DllNotFoundException"/> where libzstd is not installed.
/// </summary>
internal sealed unsafe partial class ZstdStream : Stream
{
    private const string Library = "libzstd.so.1";
    private const int Continue = 0;
    private const int End = 2;

    private readonly Stream _inner;
    private readonly byte[] _out = new byte[1 << 17];
    private nint _context;

    public ZstdStream(Stream inner) => (_inner, _context) = (inner, ZSTD_createCCtx());

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer) => Compress(buffer, Continue);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => _inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (_context == 0) return;
        if (disposing)
        {
            Compress([], End);
            _inner.Dispose();
        }
        ZSTD_freeCCtx(_context);
        _context = 0;
        base.Dispose(disposing);
    }

    private void Compress(ReadOnlySpan<byte> input, int end)
    {
        fixed (byte* from = input, to = _out)
        {
            var source = new Buffer { Start = from, Size = (nuint)input.Length };
            nuint left;
            do
            {
                var target = new Buffer { Start = to, Size = (nuint)_out.Length };
                left = ZSTD_compressStream2(_context, &target, &source, end);
                if (ZSTD_isError(left) != 0) throw new IOException("zstd cannot compress this.");
                _inner.Write(_out, 0, (int)target.Position);
            }
            while (end == End ? left > 0 : source.Position < source.Size);
        }
    }

    [LibraryImport(Library)]
    private static partial nint ZSTD_createCCtx();

    [LibraryImport(Library)]
    private static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport(Library)]
    private static partial nuint ZSTD_compressStream2(nint context, Buffer* output, Buffer* input, int end);

    [LibraryImport(Library)]
    private static partial uint ZSTD_isError(nuint code);

    /// <summary><c>ZSTD_inBuffer</c> and <c>ZSTD_outBuffer</c>, which are laid out alike.</summary>
    private struct Buffer
    {
        public byte* Start;
        public nuint Size;
        public nuint Position;
    }
}
