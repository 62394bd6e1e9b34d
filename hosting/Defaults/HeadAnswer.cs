using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Platform.Hosting.Defaults;

/// <summary>
/// The body of an answer to HEAD: counted, and thrown away. A stream of events has no end to count to: its headers go out, and whoever
/// writes it is told that the caller has left.
/// </summary>
internal sealed class HeadAnswer : IHttpResponseBodyFeature, IDisposable
{
    private const string Events = "text/event-stream";

    private readonly HttpResponse _response;
    private readonly IHttpResponseBodyFeature _server;
    private readonly CancellationTokenSource _leaving;
    private readonly CountingStream _body;

    public HeadAnswer(HttpResponse response, IHttpResponseBodyFeature server, CancellationTokenSource leaving)
    {
        (_response, _server, _leaving) = (response, server, leaving);
        _body = new CountingStream(EndEventsAsync);
        Writer = PipeWriter.Create(_body, new StreamPipeWriterOptions(leaveOpen: true));
    }

    public Stream Stream => _body;

    public PipeWriter Writer { get; }

    /// <summary>Says how long the body would have been, where nobody has said so and it was written.</summary>
    public void Complete()
    {
        if (Writer.UnflushedBytes > 0) Writer.Complete(); // what is flushed is counted
        if (_body.Length > 0 && !_response.HasStarted) _response.ContentLength ??= _body.Length;
    }

    // Begun as late as can be, when the length is known.
    public Task StartAsync(CancellationToken cancellationToken = default) => EndEventsAsync();

    public Task CompleteAsync()
    {
        Complete();
        return _server.CompleteAsync();
    }

    public void DisableBuffering() => _server.DisableBuffering();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        _body.SetLength(_body.Length + (count ?? new FileInfo(path).Length - offset));
        return Task.CompletedTask;
    }

    public void Dispose() => _body.Dispose();

    private async Task EndEventsAsync()
    {
        if (_leaving.IsCancellationRequested || _response.ContentType?.StartsWith(Events, StringComparison.OrdinalIgnoreCase) != true) return;
        await _server.CompleteAsync();
        await _leaving.CancelAsync();
    }

    /// <summary>Keeps how much was written, and nothing of it.</summary>
    private sealed class CountingStream(Func<Task> onFlush) : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => _length;
            set => throw new NotSupportedException();
        }

        public override void SetLength(long value) => _length = value;

        public override void Write(byte[] buffer, int offset, int count) => _length += count;

        public override void Write(ReadOnlySpan<byte> buffer) => _length += buffer.Length;

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            _length += count;
            return Task.CompletedTask;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _length += buffer.Length;
            return default;
        }

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => onFlush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    }
}
