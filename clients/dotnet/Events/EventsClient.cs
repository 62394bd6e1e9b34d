using System.Runtime.CompilerServices;
using System.Text.Json;
using Platform.Client.Transport;

namespace Platform.Client.Events;

/// <summary>What happens, in one order.</summary>
public sealed class EventsClient
{
    private readonly HttpTransport _transport;

    internal EventsClient(HttpTransport transport) => _transport = transport;

    /// <summary>The events behind a sequence number, to the newest.</summary>
    public IAsyncEnumerable<PlatformEvent> ReadAsync(long after = 0, CancellationToken cancellationToken = default) =>
        _transport.ListAsync("events", "/v1/events", ClientJson.Default.PagePlatformEvent, $"{after}", cancellationToken);

    /// <summary>
    /// The events behind a sequence number, or from now on, and then every new one, until it is cancelled. A connection that breaks or falls
    /// silent is made again, and goes on behind the last event seen.
    /// </summary>
    /// <exception cref="PlatformException">The platform refuses to show them.</exception>
    public async IAsyncEnumerable<PlatformEvent> FollowAsync(long? after = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (seen, failures) = (after ?? await NewestAsync(cancellationToken), 0);
        while (true)
        {
            await using var stream = new EventStream(_transport, seen);
            while (await stream.NextAsync(cancellationToken) is { } data)
            {
                failures = 0;
                var happened = JsonSerializer.Deserialize(data, ClientJson.Default.PlatformEvent)!;
                seen = happened.Sequence;
                yield return happened;
            }

            await Task.Delay(Backoff.After(++failures), cancellationToken);
        }
    }

    private async Task<long> NewestAsync(CancellationToken cancellationToken)
    {
        // What serves is as of an event, the newest; the events themselves would be read from the first.
        var snapshot = await _transport.ReadAsync(ApiRequest.Get("events", "/v1/deployments?limit=1"), ClientJson.Default.JsonObject, cancellationToken);
        return snapshot["sequence"]!.GetValue<long>();
    }
}
