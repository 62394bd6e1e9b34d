using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Hosting.Defaults;
using Platform.Hosting.Management;
using Platform.TestKit;

namespace Platform.Gateway.Tests;

/// <summary>A server that does what the test's path says, and counts what it was asked.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(0);
    private TestHost _host = null!;
    private int _requests;
    private long _bytes;
    private bool _isDisposed;

    public Uri Address => _host.Address;

    /// <summary>Requests that arrived, other than questions about health.</summary>
    public int Requests => _requests;

    /// <summary>Bytes of the bodies that were read.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public bool IsReady { get; set; } = true;

    public static async Task<Replica> StartAsync()
    {
        var replica = new Replica();
        replica._host = await TestHost.StartAsync(
            builder => builder.AddPlatformDefaults("replica").Services.AddReadinessCheck("replica", _ => replica.IsReady ? null : "the test"),
            replica.Map, new KeyValuePair<string, string?>("Access:Hosts:0", "inference")); // the name that tests give to several
        return replica;
    }

    /// <summary>Lets one request to <c>/v2/wait</c> or one event of <c>/v2/events</c> pass.</summary>
    public void Open(int times = 1) => _gate.Release(times);

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _isDisposed, true) ? default : _host.DisposeAsync();

    private void Map(WebApplication app)
    {
        app.UseWebSockets();
        app.MapPlatformDefaults();
        app.Map("/v2/break", context => Task.Run(() => { Count(); context.Abort(); }));
        app.Map("/v2/wait", (Delegate)WaitAsync);
        app.Map("/v2/events", StreamAsync);
        app.Map("/v2/socket", EchoAsync);
        app.Map("/v1/{**path}", (Delegate)ReadAsync);
        app.Map("/v2/{**path}", (Delegate)ReadAsync);
    }

    private void Count() => Interlocked.Increment(ref _requests);

    private async Task<IResult> ReadAsync(HttpContext context)
    {
        Count();
        var buffer = new byte[1 << 16];
        long total = 0;
        while (await context.Request.Body.ReadAsync(buffer) is > 0 and var read) total += read;
        Interlocked.Add(ref _bytes, total);
        return Results.Json(new { total });
    }

    private async Task<IResult> WaitAsync(HttpContext context)
    {
        Count();
        await _gate.WaitAsync(context.RequestAborted);
        return Results.Json(new { waited = true });
    }

    private async Task StreamAsync(HttpContext context)
    {
        Count();
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync();
        for (var number = 1; ; number++)
        {
            await _gate.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync($"data: {number}\n\n");
            await context.Response.Body.FlushAsync();
        }
    }

    private async Task EchoAsync(HttpContext context)
    {
        Count();
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[1024];
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } message)
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, context.RequestAborted);
    }
}
