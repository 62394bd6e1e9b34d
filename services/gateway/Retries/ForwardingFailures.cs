using Yarp.ReverseProxy.Forwarder;

namespace Platform.Gateway.Retries;

/// <summary>What is known of a request that a replica did not answer.</summary>
internal static class ForwardingFailures
{
    /// <summary>No connection came about: the replica has not seen a byte of the request.</summary>
    public static bool IsNoConnection(IForwarderErrorFeature? failure) => failure is
    {
        Error: ForwarderError.Request,
        Exception: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError },
    };

    /// <summary>The replica may have seen the request, and broke off before its answer began.</summary>
    public static bool IsBrokenOff(IForwarderErrorFeature? failure) => failure is { Error: ForwarderError.Request };
}
