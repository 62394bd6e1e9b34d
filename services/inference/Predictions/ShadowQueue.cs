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

    public void Offer(ShadowedRequest request)
    {
        if (Interlocked.Add(ref _bytes, request.Body.Length) <= _options.MaxBytesWaiting && _waiting.Writer.TryWrite(request)) return;
        Interlocked.Add(ref _bytes, -request.Body.Length);
        metrics.Ended(ShadowMetrics.Dropped);
    }

    /// <summary>Takes one request after the other, for ever.</summary>
    public IAsyncEnumerable<ShadowedRequest> TakeAllAsync(CancellationToken cancellationToken) => _waiting.Reader.ReadAllAsync(cancellationToken);

    /// <summary>To be called when a request that was taken has been answered.</summary>
    public void Done(ShadowedRequest request) => Interlocked.Add(ref _bytes, -request.Body.Length);
}
