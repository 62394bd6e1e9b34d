using System.Net.ServerSentEvents;
using Platform.Client.Transport;

namespace Platform.Client.Events;

/// <summary>One connection of server-sent events.</summary>
internal sealed class EventStream(HttpTransport transport, long after) : IAsyncDisposable
{
    /// <summary>The platform sends a comment every 15 s while nothing happens.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    private HttpResponseMessage? _response;
    private IAsyncEnumerator<SseItem<string>>? _items;

    /// <summary>The data of the next event; null when the connection is gone, could not be made, or is silent for too long.</summary>
    public async Task<string?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            _items ??= await OpenAsync(cancellationToken);
            return await _items.MoveNextAsync() ? _items.Current.Data : null;
        }
        catch (PlatformException exception) when (exception.Status is not { } status || Backoff.IsPassing(status))
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_items is not null) await _items.DisposeAsync();
        _response?.Dispose();
    }

    private async Task<IAsyncEnumerator<SseItem<string>>> OpenAsync(CancellationToken cancellationToken)
    {
        var request = ApiRequest.Get("events", "/v1/events") with { Accept = "text/event-stream", Headers = [new("Last-Event-ID", $"{after}")] };
        _response = await transport.OpenAsync(request, cancellationToken);
        var body = new WatchedStream(await _response.Content.ReadAsStreamAsync(cancellationToken), LongestSilence);
        return SseParser.Create(body).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }
}
