using Platform.Hosting.Storage;

namespace Platform.Inference.Scoring;

/// <summary>A request's body up to so many bytes, whatever part of it they are.</summary>
internal sealed class LimitedBody(Stream body, long limit) : ReadOnceStream
{
    private long _read;

    /// <exception cref="BodyTooLargeException">There are more.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await body.ReadAsync(buffer, cancellationToken);
        _read += count;
        return _read <= limit ? count : throw new BodyTooLargeException();
    }
}
