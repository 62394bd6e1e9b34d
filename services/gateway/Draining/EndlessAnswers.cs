using System.Net;
using Platform.Hosting.Errors;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Platform.Gateway.Draining;

/// <summary>
/// On stopping the server lets requests end that will end. An event stream, a WebSocket or a stream of predictions would not: it is broken off, and its
/// client connects again elsewhere.
/// </summary>
internal static class EndlessAnswers
{
    public static void Apply(TransformBuilderContext transforms)
    {
        var stopping = transforms.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        transforms.AddResponseTransform(async response =>
        {
            // To HEAD the service answers with headers alone, which end by themselves.
            if (HttpMethods.IsHead(response.HttpContext.Request.Method) || !(IsEndless(response.ProxyResponse) || IsEndless(response.HttpContext.Request))) return;
            BreakOff(response.HttpContext, stopping);
            // The first event may be long in coming; that the stream is open is told at once.
            if (response.ProxyResponse!.StatusCode == HttpStatusCode.OK) await response.HttpContext.Response.Body.FlushAsync();
        });
    }

    private static bool IsEndless(HttpResponseMessage? answer) =>
        answer is { StatusCode: HttpStatusCode.SwitchingProtocols } || answer?.Content.Headers.ContentType?.MediaType == "text/event-stream";

    // A stream of predictions lasts until its client ends it.
    private static bool IsEndless(HttpRequest request) =>
        request.SpeaksGrpc() && request.Path.Value!.EndsWith("/ModelStreamInfer", StringComparison.Ordinal);

    private static void BreakOff(HttpContext context, CancellationToken stopping) =>
        context.Response.RegisterForDispose(stopping.UnsafeRegister(static context => ((HttpContext)context!).Abort(), context));
}
