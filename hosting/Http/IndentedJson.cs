using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Hosting.Http;

/// <summary>
/// Takes an answer's body and passes it on indented, if it is JSON of at most 4 MiB. Anything else goes through as it comes.
/// </summary>
internal sealed class IndentedJson(HttpResponse response, Stream body) : Stream
{
    private const int Limit = 4 << 20;

    private static readonly JsonWriterOptions Format = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MemoryStream _held = new();
    private bool _passes;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_passes && (!JsonAnswers.IsPlainJson(response) || _held.Length + buffer.Length > Limit)) await PassHeldAsync(cancellationToken);
        if (_passes) await body.WriteAsync(buffer, cancellationToken);
        else await _held.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Passes on what was held back, indented.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_passes || _held.Length == 0) return;
        response.ContentLength = null;
        var text = Indent();
        await body.WriteAsync(text, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => _passes ? body.FlushAsync(cancellationToken) : Task.CompletedTask;

    public override void Flush() => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _held.Dispose();
        base.Dispose(disposing);
    }

    private async Task PassHeldAsync(CancellationToken cancellationToken)
    {
        _passes = true;
        if (_held.Length > 0) await body.WriteAsync(_held.GetBuffer().AsMemory(0, (int)_held.Length), cancellationToken);
        _held.SetLength(0);
    }

    private ReadOnlyMemory<byte> Indent()
    {
        using var document = JsonDocument.Parse(_held.GetBuffer().AsMemory(0, (int)_held.Length));
        var text = new MemoryStream((int)_held.Length * 2);
        using (var writer = new Utf8JsonWriter(text, Format)) document.WriteTo(writer);
        text.WriteByte((byte)'\n');
        return text.GetBuffer().AsMemory(0, (int)text.Length);
    }
}
