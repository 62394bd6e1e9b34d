using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Platform.TestKit.Observability;

/// <summary>Takes what is sent over OTLP with gRPC, as the collector would, and keeps it.</summary>
public sealed class Collector : IAsyncDisposable
{
    /// <summary>gRPC's own bytes before a message.</summary>
    private const int Prefix = 5;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Method, byte[] Body)> _received = [];

    private Collector(int port)
    {
        Port = port;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        _app = builder.Build();
        _app.MapPost("/{**method}", TakeAsync);
    }

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Every call: its gRPC method and the message.</summary>
    public IReadOnlyCollection<(string Method, byte[] Body)> Received => _received;

    /// <summary>The spans of a trace that have come in.</summary>
    public IReadOnlyList<TraceSpan> SpansOf(string trace) => [.. Spans.Where(span => span.Trace == trace)];

    /// <summary>Every span that has come in.</summary>
    public IReadOnlyList<TraceSpan> Spans => [.. _received.SelectMany(call => OtlpTraces.Read(call.Body.AsMemory(Prefix)))];

    /// <summary>Starts to listen.</summary>
    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector(Ports.Free());
        await collector._app.StartAsync();
        return collector;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _received.Enqueue((context.Request.Path.Value!, body.ToArray()));
        context.Response.ContentType = "application/grpc";
        context.Response.AppendTrailer("grpc-status", "0");
        // An uncompressed message of no bytes.
        await context.Response.Body.WriteAsync(new byte[5]);
    }
}
