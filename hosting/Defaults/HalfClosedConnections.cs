using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Platform.Hosting.Defaults;

/// <summary>
/// A client may close its sending side when it has asked, as <c>nc -N</c> and HTTP/1.0 clients do, and still wait for its answer. The
/// server takes that for the end of the connection and drops the answer. Here the connection ends when the client has closed both
/// sides, which shows as soon as something is sent to it, or when it has waited for long.
/// </summary>
internal static class HalfClosedConnections
{
    /// <summary>A client that has gone altogether looks the same until it is answered: its request is not worked on for ever.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    public static void AnswerHalfClosedConnections(this ListenOptions listen) => listen.Use(next => connection => ServeAsync(connection, next));

    private static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        // In HTTP/2 a request ends by itself, and the end of a connection is meant as one.
        if (connection.Features.Get<IConnectionSocketFeature>() is not { Socket: { } socket } || !OperatingSystem.IsLinux() || connection.HasHttp2Preface())
        {
            await next(connection);
            return;
        }

        using var served = new CancellationTokenSource();
        using var ended = new CancellationTokenSource();
        var (closed, transport) = (connection.ConnectionClosed, connection.Transport);
        connection.ConnectionClosed = ended.Token;
        connection.Transport = new Pipes(new HalfClosedInput(transport.Input), transport.Output);
        var watching = WatchAsync(socket, ended, closed, served.Token);
        try
        {
            await next(connection);
        }
        finally
        {
            await served.CancelAsync();
            await watching;
            (connection.ConnectionClosed, connection.Transport) = (closed, transport);
        }
    }

    /// <summary>Ends the connection once the client has closed both sides of it, or its patience is over.</summary>
    private static async Task WatchAsync(Socket socket, CancellationTokenSource ended, CancellationToken closed, CancellationToken served)
    {
        var closing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onClosed = closed.UnsafeRegister(static closing => ((TaskCompletionSource)closing!).TrySetResult(), closing);
        await using var onServed = served.UnsafeRegister(static closing => ((TaskCompletionSource)closing!).TrySetResult(), closing);
        await closing.Task;
        for (var waited = TimeSpan.Zero; waited < Patience && !served.IsCancellationRequested && TcpState.AwaitsAnswer(socket); waited += LookInterval)
            await Task.Delay(LookInterval, served).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!served.IsCancellationRequested) await ended.CancelAsync();
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
