using System.IO.Compression;
using Grpc.Net.Compression;
using Platform.Hosting.Errors;
using Platform.Inference.Predictions;

namespace Platform.Inference.Grpc;

/// <summary>
/// The compressions of messages that the library reads. By itself it holds a message's length against the limit before it unpacks it, and
/// then unpacks whatever the bytes stand for.
/// </summary>
internal sealed class BoundedCompression(ContentCoding coding) : ICompressionProvider
{
    /// <summary>What a message that predicts nothing may have.</summary>
    public const int MaxBytes = 1 << 20;

    public static IEnumerable<ICompressionProvider> All => ContentCoding.Known.Select(coding => new BoundedCompression(coding));

    public string EncodingName => coding.Name;

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) => coding.Create(stream);

    public Stream CreateDecompressionStream(Stream stream) => new BoundedStream(coding.Open(stream));

    private sealed class BoundedStream(Stream inner) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = ReadSome(buffer);
            _read += read;
            return _read <= MaxBytes ? read : throw PredictionErrors.BodyTooLarge(MaxBytes).ToRpcException();
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }

        private int ReadSome(Span<byte> buffer)
        {
            try
            {
                return inner.Read(buffer);
            }
            catch (InvalidDataException)
            {
                throw GrpcCallErrors.NotCompressed.ToRpcException();
            }
        }
    }
}
