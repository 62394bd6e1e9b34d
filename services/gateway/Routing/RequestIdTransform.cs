using Platform.Hosting.Http;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Platform.Gateway.Routing;

/// <summary>Gives a request the same id at the edge and in the service, and says it once in the answer.</summary>
internal static class RequestIdTransform
{
    public static void Apply(TransformBuilderContext transforms)
    {
        transforms.AddRequestTransform(request =>
        {
            request.ProxyRequest.Headers.Remove(RequestIds.Header);
            request.ProxyRequest.Headers.Add(RequestIds.Header, request.HttpContext.GetRequestId());
            return default;
        });
        transforms.AddResponseTransform(response =>
        {
            response.HttpContext.Response.Headers[RequestIds.Header] = response.HttpContext.GetRequestId();
            return default;
        });
    }
}
