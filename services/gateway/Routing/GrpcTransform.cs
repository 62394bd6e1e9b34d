using System.Net;
using Platform.Hosting.Errors;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Platform.Gateway.Routing;

/// <summary>
/// A call of gRPC goes on over HTTP/2, which the services take without TLS, too. Everything else keeps HTTP/1.1: without TLS a client that
/// may choose chooses that.
/// </summary>
internal static class GrpcTransform
{
    public static void Apply(TransformBuilderContext transforms) => transforms.AddRequestTransform(request =>
    {
        if (!request.HttpContext.Request.SpeaksGrpc()) return default;
        request.ProxyRequest.Version = HttpVersion.Version20;
        request.ProxyRequest.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return default;
    });
}
