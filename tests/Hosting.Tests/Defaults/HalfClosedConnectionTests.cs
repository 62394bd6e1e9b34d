using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Hosting.Defaults;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Defaults;

/// <summary>Clients on bare sockets: what becomes of a request whose client closes one side of the connection, or both.</summary>
public sealed class HalfClosedConnectionTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(
        builder => builder.AddPlatformDefaults("test"),
        app =>
        {
            app.MapPlatformDefaults();
            app.MapPost("/slow", AnswerAsync);
            app.MapGet("/stream", StreamAsync);
        });

    public async Task DisposeAsync()
    {
        _answer.TrySetResult();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_client_that_closes_its_sending_side_gets_its_answer()
    {
        using var client = await SendAsync("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody");
        client.Shutdown(SocketShutdown.Send);
        await _begun.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await Task.WhenAny(_left.Task, WaitUntilSeenAsync());
        _answer.SetResult();

        var answer = await ReadAsync(client);

        Assert.StartsWith("HTTP/1.1 200 OK", answer);
        Assert.EndsWith("body", answer);
        Assert.False(_left.Task.IsCompleted);
    }

    /// <summary>Whether the body is whole is told by its length, not by the end of what is sent.</summary>
    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nbody", "")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n", "HTTP/1.1 200 OK")]
    public async Task A_body_that_was_cut_off_is_told_from_a_whole_one(string rest, string answer)
    {
        _answer.SetResult();
        using var client = await SendAsync($"POST /slow HTTP/1.1\r\nHost: x\r\n{rest}");
        client.Shutdown(SocketShutdown.Send);

        Assert.StartsWith(answer, await ReadAsync(client));
        Assert.Equal(answer.Length > 0, _begun.Task.IsCompleted);
    }

    [Fact]
    public async Task A_long_body_arrives_whole()
    {
        _answer.SetResult();
        var body = new string('x', 3_000_000);
        using var client = await SendAsync($"POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n");
        var reading = ReadAsync(client);
        for (var sent = 0; sent < body.Length; sent += 10_000) await client.SendAsync(Encoding.ASCII.GetBytes(body, sent, 10_000));
        client.Shutdown(SocketShutdown.Send);

        Assert.EndsWith("\r\n\r\n" + body, await reading);
    }

    [Fact]
    public async Task So_does_one_that_has_nothing_more_to_ask_on_a_connection_that_would_stay_open()
    {
        using var client = await SendAsync("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\nGET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");
        client.Shutdown(SocketShutdown.Send);

        var answer = await ReadAsync(client);

        Assert.Equal(3, answer.Split("HTTP/1.1 200 OK").Length);
    }

    [Fact]
    public async Task One_that_resets_the_connection_has_left()
    {
        using (var client = await SendAsync("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody"))
        {
            await _begun.Task.WaitAsync(TimeSpan.FromMinutes(1));
            client.LingerState = new(enable: true, seconds: 0);
        }

        await _left.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task One_that_closes_both_sides_has_left_as_soon_as_something_is_sent_to_it()
    {
        using (await SendAsync("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")) await _begun.Task.WaitAsync(TimeSpan.FromMinutes(1));
        var started = Stopwatch.GetTimestamp();

        await _left.Task.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.True(Stopwatch.GetElapsedTime(started) < HalfClosedConnections.Patience, "The stream went on until the patience was over.");
    }

    [Fact]
    public async Task One_that_has_gone_without_a_sign_is_not_waited_for_for_ever()
    {
        using (await SendAsync("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody")) await _begun.Task.WaitAsync(TimeSpan.FromMinutes(1));

        await _left.Task.WaitAsync(HalfClosedConnections.Patience + TimeSpan.FromMinutes(1));
    }

    // The server has seen the end of what the client sends once its own end of the connection waits to be closed (CLOSE_WAIT, 08).
    private async Task WaitUntilSeenAsync()
    {
        var port = $":{_host.Address.Port:X4} ";
        await Eventually.TrueAsync(
            () => File.ReadLines("/proc/net/tcp").Any(line => line.Contains(port) && line.Contains(" 08 ") && line.IndexOf(port) < 20),
            "the server saw the end");
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var onLeft = context.RequestAborted.Register(() => _left.TrySetResult());
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        _begun.SetResult();
        await Task.WhenAny(_answer.Task, _left.Task);
        context.Response.ContentLength = body.Length;
        if (!_left.Task.IsCompleted) await context.Response.WriteAsync(body);
    }

    private async Task StreamAsync(HttpContext context)
    {
        using var onLeft = context.RequestAborted.Register(() => _left.TrySetResult());
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            await context.Response.WriteAsync(".");
            await context.Response.Body.FlushAsync();
            _begun.TrySetResult();
        }
        while (!_left.Task.IsCompleted && await ticks.WaitForNextTickAsync());
    }

    private async Task<Socket> SendAsync(string request)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(_host.Address.Host, _host.Address.Port);
        await client.SendAsync(Encoding.ASCII.GetBytes(request));
        return client;
    }

    /// <summary>What comes until the server closes the connection, or resets it.</summary>
    private static async Task<string> ReadAsync(Socket client)
    {
        var answer = new StringBuilder();
        var block = new byte[4096];
        try
        {
            while (await client.ReceiveAsync(block).WaitAsync(TimeSpan.FromMinutes(1)) is > 0 and var length)
                answer.Append(Encoding.ASCII.GetString(block, 0, length));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            // A request that was cut off has no answer.
        }

        return answer.ToString();
    }
}
