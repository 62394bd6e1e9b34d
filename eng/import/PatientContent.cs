using System.Net;

namespace Platform.Import;

/// <summary>A body that is sent as it is read; what waits for it hears of every piece that has moved.</summary>
internal sealed class PatientContent(Stream content, Action moved) : HttpContent
{
    private const int PieceBytes = 128 << 10;

    private bool _isSent;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_isSent) throw new IOException("the server has sent it on to another address, and it can be read only once; name the address that it is sent on to");
        _isSent = true;
        var piece = new byte[PieceBytes];
        while (await content.ReadAsync(piece, cancellationToken) is > 0 and var count)
        {
            moved();
            await stream.WriteAsync(piece.AsMemory(0, count), cancellationToken);
            moved();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
