using Platform.TestKit;

namespace Platform.Gateway.Tests.Framing;

/// <summary>
/// Over HTTP/2 frames say where a request ends, and headers that say otherwise, or that would become part of an HTTP/1.1 request on the way to a
/// service, are refused (RFC 9113 §8.1.1, §8.2 and §8.3.1) by a process that is asked itself and by the gateway.
/// </summary>
public sealed class Http2FramingTests : IAsyncLifetime
{
    private static readonly (string, string)[] Usual = [(":method", "POST"), (":scheme", "http"), (":path", "/v2/a"), (":authority", "localhost")];

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

    /// <summary>What is said, and the headers: those that are not pseudo headers come after the usual ones.</summary>
    public static TheoryData<string, string[]> Malformed => new()
    {
        { "a length below that of the body", ["content-length", "4"] },
        { "a length beyond that of the body", ["content-length", "6"] },
        { "two lengths", ["content-length", "5", "content-length", "6"] },
        { "a length that is a list", ["content-length", "5, 6"] },
        { "a length in hexadecimal", ["content-length", "0x5"] },
        { "a coding", ["transfer-encoding", "chunked"] },
        { "a coding beside a length", ["content-length", "5", "transfer-encoding", "chunked"] },
        { "a connection header", ["connection", "close"] },
        { "a connection header that names another", ["connection", "x-a", "x-a", "b"] },
        { "a keep-alive header", ["keep-alive", "timeout=5"] },
        { "a proxy's connection header", ["proxy-connection", "keep-alive"] },
        { "an upgrade", ["upgrade", "websocket"] },
        { "codings of trailers that there are not", ["te", "gzip"] },
        { "a name in capitals", ["X-A", "b"] },
        { "a line's end within a value", ["x-a", "b\r\ncontent-length: 0"] },
        { "a bare line feed within a value", ["x-a", "b\nx-c: d"] },
        { "a name that is no token", ["x(a)", "b"] },
        { "a zero within a value", ["x-a", "b\0c"] },
        { "a second path", [":path", "/v2/b"] },
        { "an unknown pseudo header", [":other", "b"] },
        { "a pseudo header after others", ["x-a", "b", ":authority", "localhost"] },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task What_is_malformed_is_refused_and_the_next_request_is_the_next(string what, string[] headers)
    {
        foreach (var server in new[] { _replica.Address, _gateway.Address })
        {
            using (var connection = await Http2Connection.OpenAsync(server))
            {
                var answer = await connection.SendAsync([.. Usual, .. headers.Chunk(2).Select(pair => (pair[0], pair[1]))], "hello");
                Assert.True(answer is "400" or "reset" or "ended", $"{what}: {answer} of {server}");
            }

            Assert.True(_replica.Bytes == 0, $"{what}: the service took {_replica.Bytes} bytes from {server}");
            using var next = await Http2Connection.OpenAsync(server);
            Assert.Equal("200", await next.SendAsync(Usual, ""));
        }
    }

    public static TheoryData<string, string, string> OtherTargets => new()
    {
        { "an authority of somebody else", ":authority", "elsewhere" },
        { "an authority with a user", ":authority", "user@localhost" },
        { "an encoded slash in the authority", ":authority", "localhost%2Fv2" },
        { "a path that is an address", ":path", "http://elsewhere/v2/a" },
        { "a path without a slash", ":path", "v2/a" },
        { "a line's end within the path", ":path", "/v2/a HTTP/1.1\r\nx-a: b" },
        { "a blank within the method", ":method", "POST /v2/b" },
    };

    [Theory]
    [MemberData(nameof(OtherTargets))]
    public async Task A_target_of_another_host_or_none_is_refused(string what, string name, string value)
    {
        foreach (var server in new[] { _replica.Address, _gateway.Address })
        {
            using var connection = await Http2Connection.OpenAsync(server);
            var answer = await connection.SendAsync(Usual.Select(header => header.Item1 == name ? (name, value) : header), "hello");
            Assert.True(answer is "400" or "404" or "421" or "reset" or "ended", $"{what}: {answer} of {server}");
            Assert.Equal(0, _replica.Requests);
        }
    }

    /// <summary>Whoever reads both has the authority in the place of the host (RFC 9113 §8.3.1).</summary>
    [Theory]
    [InlineData("localhost", "elsewhere", "200")]
    [InlineData("elsewhere", "localhost", "421")]
    public async Task Beside_an_authority_a_host_counts_for_nothing(string authority, string host, string status)
    {
        foreach (var server in new[] { _replica.Address, _gateway.Address })
        {
            using var connection = await Http2Connection.OpenAsync(server);
            Assert.Equal(status, await connection.SendAsync([.. Usual[..3], (":authority", authority), ("host", host)], "hello"));
        }
    }

    [Fact]
    public async Task What_is_plain_reaches_the_service_once_and_so_does_the_next()
    {
        foreach (var (server, times) in new[] { (_replica.Address, 1), (_gateway.Address, 2) })
        {
            using var connection = await Http2Connection.OpenAsync(server);
            Assert.Equal("200", await connection.SendAsync([.. Usual, ("content-length", "5"), ("te", "trailers")], "he", "llo"));
            Assert.Equal("200", await connection.SendAsync(Usual, "hello"));
            Assert.Equal((2 * times, 10L * times), (_replica.Requests, _replica.Bytes));
        }
    }
}
