using Yarp.ReverseProxy.Forwarder;

namespace Platform.Gateway.Retries;

/// <summary>What is known of a request that a replica did not answer.</summary>
internal static class ForwardingFailures
{
    /// <summary>No connection came about: the replica has not seen a byte of the request.</summary>
    public static bool IsNoConnection(IForwarderErrorFeature? failure) => failure switch
    {
        {
            Error: ForwarderError.Request,
            Exception: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.NameResolutionError },
        } => true,
        // The proxy makes no difference between a connection and an answer that does not come in time.
        { Error: ForwarderError.RequestTimedOut, Exception: { } exception } => IsConnectTimeout(exception),
        _ => false,
    };

    /// <summary>
    /// Whether a connection did not come about in time. <see cref="SocketsHttpHandler"/> says so by the inner exception alone; one
    /// that was given up for the sake of the request has none of this kind.
    /// </summary>
    public static bool IsConnectTimeout(Exception exception) => exception is OperationCanceledException { InnerException: TimeoutException };

    /// <summary>The replica may have seen the request, and broke off before its answer began.</summary>
    public static bool IsBrokenOff(IForwarderErrorFeature? failure) => failure is { Error: ForwarderError.Request };
}
