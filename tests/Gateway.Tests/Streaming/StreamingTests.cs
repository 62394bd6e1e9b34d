using System.Net.WebSockets;
using System.Text;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Streaming;

public sealed class StreamingTests : IAsyncLifetime
{
    private Replica _replica = null!;
    private TestHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _replica = await Replica.StartAsync();
        _gateway = await Edge.StartGatewayAsync(Edge.Setting("Inference", _replica.Address));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _replica.DisposeAsync();
    }

    [Fact]
    public async Task An_event_arrives_when_it_happens_not_when_the_stream_ends()
    {
        await using var stream = await _gateway.Http.GetStreamAsync("/v2/events");
        using var reader = new StreamReader(stream);
        for (var number = 1; number <= 3; number++)
        {
            _replica.Open();
            Assert.Equal($"data: {number}", await reader.ReadLineAsync().PatientlyAsync());
            Assert.Equal("", await reader.ReadLineAsync().PatientlyAsync());
        }
    }

    [Fact]
    public async Task HEAD_of_a_stream_is_its_headers_and_ends_at_the_gateway_and_behind_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/v2/events");

        using var answer = await _gateway.Http.SendAsync(request).PatientlyAsync();

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(1, _replica.Requests);
    }

    [Fact]
    public async Task A_WebSocket_passes_in_both_directions()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(_gateway.Address) { Scheme = "ws", Path = "/v2/socket" }.Uri, CancellationToken.None);
        var buffer = new byte[100];
        foreach (var text in new[] { "one", "two" })
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
            var message = await socket.ReceiveAsync(buffer, CancellationToken.None).PatientlyAsync();
            Assert.Equal(text, Encoding.UTF8.GetString(buffer, 0, message.Count));
        }
    }

    [Fact]
    public async Task Stopping_breaks_off_a_stream_and_lets_a_request_end()
    {
        await using var stream = await _gateway.Http.GetStreamAsync("/v2/events");
        var waiting = _gateway.Http.GetAsync("/v2/wait").JsonAsync();
        await Eventually.TrueAsync(() => _replica.Requests == 2, "both have arrived");

        var stopping = _gateway.App.StopAsync();
        await Assert.ThrowsAnyAsync<IOException>(() => stream.ReadExactlyAsync(new byte[1]).AsTask().PatientlyAsync());
        _replica.Open(2);
        Assert.True((bool)(await waiting)["waited"]!);
        await stopping.PatientlyAsync();
    }
}
