using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Platform.Gateway.Routing;

/// <summary>
/// What a browser says of the page that asks was judged at the edge. A service, which is reached under another name, would take every
/// page for a foreign one.
/// </summary>
internal static class BrowserHeaders
{
    public static void Remove(TransformBuilderContext transforms)
    {
        transforms.AddRequestHeaderRemove("Origin");
        transforms.AddRequestHeaderRemove("Sec-Fetch-Site");
    }
}
