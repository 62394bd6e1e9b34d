using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Hosting.Defaults;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Defaults;

/// <summary>What becomes of a request whose client closes one side of the connection, or both.</summary>
public sealed class HalfClosedConnectionTests : IAsyncLifetime
{
    private const string Slow = "POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody";
    private const string Live = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

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
        using var client = await SendAsync(Slow);
        await client.CloseSendingAsync();
        await _begun.Task.WaitAsync(Patience);
        _answer.SetResult();

        var answer = await client.ReadAsync();

        Assert.StartsWith("HTTP/1.1 200 OK", answer);
        Assert.EndsWith("\r\n\r\nbody", answer);
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
        using var client = await SendAsync($"POST /slow HTTP/1.1\r\nHost: localhost\r\n{rest}");
        await client.CloseSendingAsync();

        Assert.StartsWith(answer, await client.ReadAsync());
        Assert.Equal(answer.Length > 0, _begun.Task.IsCompleted);
    }

    [Fact]
    public async Task A_long_body_arrives_whole()
    {
        _answer.SetResult();
        var body = new string('x', 3_000_000);
        using var client = await SendAsync($"POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n");
        var reading = client.ReadAsync();
        for (var sent = 0; sent < body.Length; sent += 10_000) await client.SendAsync(body.Substring(sent, 10_000));
        await client.CloseSendingAsync();

        Assert.EndsWith("\r\n\r\n" + body, await reading);
    }

    [Fact]
    public async Task So_does_one_that_has_nothing_more_to_ask_on_a_connection_that_would_stay_open()
    {
        using var client = await SendAsync(Live + Live);
        await client.CloseSendingAsync();

        Assert.Equal(3, (await client.ReadAsync()).Split("HTTP/1.1 200 OK").Length);
    }

    [Fact]
    public async Task One_that_resets_the_connection_has_left()
    {
        using (var client = await SendAsync(Slow))
        {
            await _begun.Task.WaitAsync(Patience);
            client.Reset();
        }

        await _left.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task One_that_closes_both_sides_has_left_as_soon_as_something_is_sent_to_it()
    {
        using (await SendAsync("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n")) await _begun.Task.WaitAsync(Patience);
        var started = Stopwatch.GetTimestamp();

        await _left.Task.WaitAsync(Patience);

        Assert.True(Stopwatch.GetElapsedTime(started) < HalfClosedConnections.Patience, "The stream went on until the patience was over.");
    }

    [Fact]
    public async Task One_that_has_gone_without_a_sign_is_not_waited_for_for_ever()
    {
        using (await SendAsync(Slow)) await _begun.Task.WaitAsync(Patience);

        await _left.Task.WaitAsync(HalfClosedConnections.Patience + Patience);
    }

    private Task<BareClient> SendAsync(string request) => BareClient.SendAsync(_host.Address, request);

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
}
