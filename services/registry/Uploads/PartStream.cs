using Platform.Hosting.Http;
using Platform.Hosting.Storage;

namespace Platform.Registry.Uploads;

/// <summary>The content of one part of an upload.</summary>
internal sealed class PartStream(Stream content) : ReadOnceStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await MalformedFormException.WatchAsync(() => content.ReadAsync(buffer, cancellationToken));
}
