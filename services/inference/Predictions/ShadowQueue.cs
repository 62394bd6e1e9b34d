using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Platform.Inference.Settings;

namespace Platform.Inference.Predictions;

/// <summary>The requests that wait for their shadow. What finds no room goes without one: a shadow must cost its callers nothing.</summary>
internal sealed class ShadowQueue(IOptions<ServingOptions> options, ShadowMetrics metrics)
{
    private readonly ShadowOptions _options = options.Value.Shadow;

    private readonly Channel<ShadowedRequest> _waiting = Channel.CreateBounded<ShadowedRequest>(
        new BoundedChannelOptions(options.Value.Shadow.MaxWaiting) { FullMode = BoundedChannelFullMode.Wait });

    private long _bytes;

    /// <summary>Takes room for a body that is about to be kept; false, and counted, where there is none.</summary>
    public bool TryReserve(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= _options.MaxBytesWaiting) return true;
        Interlocked.Add(ref _bytes, -bytes);
        metrics.Ended(ShadowMetrics.Dropped);
        return false;
    }

    /// <summary>Queues a request for whose body there is room.</summary>
    public void Offer(ShadowedRequest request)
    {
        if (_waiting.Writer.TryWrite(request)) return;
        GiveBack(request.Body);
        metrics.Ended(ShadowMetrics.Dropped);
    }

    /// <summary>Takes one request after the other, for ever.</summary>
    public IAsyncEnumerable<ShadowedRequest> TakeAllAsync(CancellationToken cancellationToken) => _waiting.Reader.ReadAllAsync(cancellationToken);

    /// <summary>To be called when a body is kept no more: its request has been answered, or is not wanted.</summary>
    public void GiveBack(byte[] body) => Interlocked.Add(ref _bytes, -body.Length);
}
