using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Framing;

/// <summary>
/// Where a request ends (RFC 9112 §2.2, §6 and §7, RFC 9110 §7.2) a process that is asked itself and the gateway see alike: what is ambiguous is refused and never
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
        { "the same length twice", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello" },
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
        { "two other hosts", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere\r\nContent-Length: 5\r\n\r\nhello" },
        { "an absolute target beside another host", "POST http://localhost/v2/a HTTP/1.1\r\nHost: elsewhere\r\nContent-Length: 5\r\n\r\nhello" },
        { "an encoded slash in the host", "POST /v2/a HTTP/1.1\r\nHost: localhost%2Fv2\r\nContent-Length: 5\r\n\r\nhello" },
        { "a bare line feed after the request line", "POST /v2/a HTTP/1.1\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello" },
        { "a bare line feed after a header", "POST /v2/a HTTP/1.1\r\nHost: localhost\nContent-Length: 5\r\n\r\nhello" },
        { "a bare line feed before the body", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\nhello" },
        { "a bare line feed within a header", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nx-a: b\nContent-Length: 5\r\n\r\nhello" },
        { "a bare carriage return within a header", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nx-a: b\rContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello" },
        { "a bare line feed after a chunk's size", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n" },
        { "a bare line feed within a chunk extension", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5;a\nhello\r\n0\r\n\r\n" },
        { "a bare carriage return within a chunk extension", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5;a\rhello\r\n0\r\n\r\n" },
        { "a bare line feed after a chunk", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\n0\r\n\r\n" },
        { "a chunk size that is none", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5x\r\nhello\r\n0\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task What_is_ambiguous_is_refused_and_ends_the_connection(string what, string request)
    {
        foreach (var server in new[] { _replica.Address, _gateway.Address })
        {
            var answers = await SendAsync(server, request + Next);
            Assert.True(answers is ["400"] or ["421"] or ["501"] or ["502"], $"{what}: {string.Join(", ", answers)} of {server}");
            Assert.True(_replica.Bytes == 0, $"{what}: the service took {_replica.Bytes} bytes from {server}");
        }
    }

    public static TheoryData<string, string, int> Plain => new()
    {
        { "a length", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", 5 },
        { "chunks", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", 5 },
        { "a chunk extension", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n", 5 },
        { "a trailer", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx-a: b\r\n\r\n", 5 },
        { "an absolute target of this host", "POST http://localhost/v2/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", 5 },
        { "a chunk extension with quotes", "POST /v2/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b;c\"\r\nhello\r\n0;d\r\n\r\n", 5 },
        { "an encoded slash", "POST /v2/models/a%2Fb/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", 5 },
    };

    [Theory]
    [MemberData(nameof(Plain))]
    public async Task What_is_plain_reaches_the_service_once_and_the_next_request_is_the_next(string what, string request, int bytes)
    {
        foreach (var (server, times) in new[] { (_replica.Address, 1), (_gateway.Address, 2) })
        {
            var answers = await SendAsync(server, request + Next);
            Assert.True(answers is ["200", "200"], $"{what}: {string.Join(", ", answers)} of {server}");
            Assert.Equal((2 * times, bytes * times), (_replica.Requests, _replica.Bytes));
        }
    }

    /// <summary>Chunks count (RFC 9112 §6.3), and whatever somebody else took for the next request is never looked at.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(4)]
    [InlineData(100)]
    public async Task A_length_beside_chunks_counts_for_nothing_and_ends_the_connection(int length)
    {
        foreach (var (server, times) in new[] { (_replica.Address, 1), (_gateway.Address, 2) })
        {
            var answers = await SendAsync(server,
                $"POST /v2/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n{Next}");
            Assert.True(answers is ["200"], $"{string.Join(", ", answers)} of {server}");
            Assert.Equal((times, 5 * times), (_replica.Requests, _replica.Bytes));
        }
    }

    /// <summary>The statuses of everything that is answered until the connection ends.</summary>
    private static async Task<string[]> SendAsync(Uri server, string raw)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
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
