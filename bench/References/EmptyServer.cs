using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Platform.Bench.Serving;
using Platform.Hosting.Defaults;

namespace Platform.Bench.References;

/// <summary>
/// The fastest an HTTP server on this runtime can be for a body and an answer, or for a call of gRPC: reads the body to its end, answers fixed
/// bytes, without routes, and with everything that the services do to sockets, threads and memory (docs/decisions/0007).
/// </summary>
internal static class EmptyServer
{
    public static async Task RunAsync(int port, string answerFile, string contentType)
    {
        var answer = await File.ReadAllBytesAsync(answerFile);
        ProcessTuning.SpareTheOnlyProcessor();
        ProcessTuning.AllowForABlockedThread();
        var builder = WebApplication.CreateSlimBuilder().CompleteSocketsInline();
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, ReceiveBlocks.Factory>();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.ListenLocalhost(port, listen => listen.Protocols = contentType == Cell.Grpc ? HttpProtocols.Http2 : HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, answer, contentType));
        await app.RunAsync();
    }

    private static async Task AnswerAsync(HttpContext context, byte[] answer, string contentType)
    {
        var body = context.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync();
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }
        context.Response.ContentType = contentType;
        if (contentType != Cell.Grpc) context.Response.ContentLength = answer.Length;
        context.Response.BodyWriter.Write(answer);
        if (contentType == Cell.Grpc) context.Response.AppendTrailer("grpc-status", "0");
        else await context.Response.BodyWriter.FlushAsync();
    }
}
