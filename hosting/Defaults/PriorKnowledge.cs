using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Platform.Hosting.Defaults;

/// <summary>
/// HTTP/2 beside HTTP/1.1 on one port without TLS, for clients that know of it beforehand (RFC 9113, 3.3), as those of gRPC do. Kestrel of
/// .NET 10 speaks HTTP/1.1 on such a port and drops a connection that begins with the preface of HTTP/2, unless a feature of the connection
/// says which protocol it has: with TLS, ALPN has negotiated it. That feature is Kestrel's own, and is made here by its name.
/// </summary>
internal static class PriorKnowledge
{
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    // Made at the start, so that a server without it is found out then.
    private static readonly object SpeaksHttp2 = CreateProtocolsFeature(HttpProtocols.Http2);

    /// <param name="listen">The address.</param>
    /// <param name="patience">How long a connection may be silent before it is left to the server's own limits.</param>
    public static void TakeHttp2WithoutTls(this ListenOptions listen, TimeSpan patience)
    {
        RuntimeHelpers.RunClassConstructor(typeof(PriorKnowledge).TypeHandle);
        listen.Use(next => connection => ServeAsync(connection, next, patience));
    }

    /// <summary>Whether the connection speaks HTTP/2 by prior knowledge.</summary>
    public static bool HasHttp2Preface(this ConnectionContext connection) => connection.Features[SpeaksHttp2.GetType()] == SpeaksHttp2;

    private static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next, TimeSpan patience)
    {
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        if (await BeginsWithPrefaceAsync(connection.Transport.Input, patience, stopping)) connection.Features[SpeaksHttp2.GetType()] = SpeaksHttp2;
        await next(connection);
    }

    /// <summary>Looks at the first bytes and leaves them; a server that stops waits for none.</summary>
    private static async ValueTask<bool> BeginsWithPrefaceAsync(PipeReader input, TimeSpan patience, CancellationToken stopping)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        while (true)
        {
            var reading = input.ReadAsync(waiting.Token);
            if (!reading.IsCompleted) waiting.CancelAfter(patience);
            ReadResult read;
            try
            {
                read = await reading;
            }
            catch (OperationCanceledException)
            {
                return false;
            }

            var matches = Matches(read.Buffer);
            var isDecided = !matches || read.Buffer.Length >= Preface.Length || read.IsCompleted;
            input.AdvanceTo(read.Buffer.Start, isDecided ? read.Buffer.Start : read.Buffer.End);
            if (isDecided) return matches && !read.IsCompleted;
        }
    }

    private static bool Matches(in ReadOnlySequence<byte> begin)
    {
        Span<byte> bytes = stackalloc byte[Preface.Length];
        var length = (int)Math.Min(begin.Length, Preface.Length);
        begin.Slice(0, length).CopyTo(bytes);
        return Preface.AsSpan().StartsWith(bytes[..length]);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType("Microsoft.AspNetCore.Server.Kestrel.Core.Internal.HttpProtocolsFeature, Microsoft.AspNetCore.Server.Kestrel.Core")]
    private static extern object CreateProtocolsFeature(HttpProtocols protocols);
}
