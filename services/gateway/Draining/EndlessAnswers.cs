using System.Net;
using System.Net.Http.Headers;
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
    private const string Events = "text/event-stream";

    public static void Apply(TransformBuilderContext transforms)
    {
        var stopping = transforms.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        transforms.AddResponseTransform(response =>
        {
            // To HEAD the service answers with headers alone, which end by themselves.
            if (HttpMethods.IsHead(response.HttpContext.Request.Method) || !(IsEndless(response.ProxyResponse) || IsEndless(response.HttpContext.Request)))
                return default;
            BreakOff(response.HttpContext, stopping);
            // The first event may be long in coming; that the stream is open is told at once.
            return response.ProxyResponse!.StatusCode == HttpStatusCode.OK ? new(response.HttpContext.Response.Body.FlushAsync()) : default;
        });
    }

    private static bool IsEndless(HttpResponseMessage? answer) =>
        answer is { StatusCode: HttpStatusCode.SwitchingProtocols } || (answer is not null && IsEvents(answer.Content.Headers));

    // As it was written: reading it into its parts, as every answer's would be, costs more than all else here.
    private static bool IsEvents(HttpContentHeaders headers) =>
        headers.NonValidated.TryGetValues("Content-Type", out var types) && types.ToString().AsSpan().TrimStart() is var type
        && type.StartsWith(Events, StringComparison.OrdinalIgnoreCase) && (type.Length == Events.Length || type[Events.Length] is ';' or ' ' or '\t');

    // A stream of predictions lasts until its client ends it.
    private static bool IsEndless(HttpRequest request) =>
        request.SpeaksGrpc() && request.Path.Value!.EndsWith("/ModelStreamInfer", StringComparison.Ordinal);

    private static void BreakOff(HttpContext context, CancellationToken stopping) =>
        context.Response.RegisterForDispose(stopping.UnsafeRegister(static context => ((HttpContext)context!).Abort(), context));
}
