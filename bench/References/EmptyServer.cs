using System.Buffers;

namespace Platform.Bench.References;

/// <summary>
/// The fastest an HTTP server on this runtime can be for a body and an answer: reads the body to its end, answers fixed bytes.
/// </summary>
internal static class EmptyServer
{
    public static async Task RunAsync(int port, string answerFile, string contentType)
    {
        var answer = await File.ReadAllBytesAsync(answerFile);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.ListenLocalhost(port);
        });
        var app = builder.Build();
        app.MapPost("/{**path}", context => AnswerAsync(context, answer, contentType));
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
        context.Response.ContentLength = answer.Length;
        context.Response.BodyWriter.Write(answer);
        await context.Response.BodyWriter.FlushAsync();
    }
}
