using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Framing;

/// <summary>
/// Where a request ends (RFC 9112 §6 and §7, RFC 9110 §7.2) the edge and the services see alike: what is ambiguous is refused and never
/// forwarded, and what follows on the connection is not taken for another request.
/// </summary>
public sealed partial class FramingTests : IAsyncLifetime
{
    private const string Next = "POST /v2/next HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

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

    public static TheoryData<string, string> Ambiguous => new()
    {
        { "two lengths", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!" },
        { "a length that is a list", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5, 6\r\n\r\nhello!" },
        { "a length in hexadecimal", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0x5\r\n\r\nhello" },
        { "chunked is not the last coding", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, identity\r\n\r\n5\r\nhello\r\n0\r\n\r\n" },
        { "an unknown coding", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" },
        { "a space before the colon", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nContent-Length : 5\r\n\r\nhello" },
        { "a folded header", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nx-a: b\r\n c\r\nContent-Length: 5\r\n\r\nhello" },
        { "two hosts", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello" },
        { "no host", "POST /v2/a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello" },
        { "a target of another host", "POST http://elsewhere/v2/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello" },
        { "a chunk size that is none", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5x\r\nhello\r\n0\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task What_is_ambiguous_is_refused_and_ends_the_connection(string what, string request)
    {
        var answers = await SendAsync(request + Next);
        Assert.True(answers is ["400"] or ["501"] or ["502"], $"{what}: {string.Join(", ", answers)}");
        Assert.True(_replica.Bytes == 0, $"{what}: the service took {_replica.Bytes} bytes");
    }

    public static TheoryData<string, string, int> Plain => new()
    {
        { "a length", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", 5 },
        { "chunks", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", 5 },
        { "a chunk extension", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n", 5 },
        { "a trailer", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx-a: b\r\n\r\n", 5 },
        { "an absolute target of this host", "POST http://localhost/v2/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", 5 },
        { "an encoded slash", "POST /v2/models/a%2Fb/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", 5 },
    };

    [Theory]
    [MemberData(nameof(Plain))]
    public async Task What_is_plain_reaches_the_service_once_and_the_next_request_is_the_next(string what, string request, int bytes)
    {
        var answers = await SendAsync(request + Next);
        Assert.True(answers is ["200", "200"], $"{what}: {string.Join(", ", answers)}");
        Assert.Equal((2, bytes), (_replica.Requests, _replica.Bytes));
    }

    /// <summary>The statuses of everything that is answered until the connection ends.</summary>
    private async Task<string[]> SendAsync(string raw)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _gateway.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(raw));
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received, deadline.Token);
        }
        catch (IOException)
        {
            // A connection that is ended over what was not read may be reset.
        }
        return [.. StatusLine().Matches(Encoding.ASCII.GetString(received.ToArray())).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex(@"HTTP/1\.1 ([0-9]{3})")]
    private static partial Regex StatusLine();
}
