using System.Net;
using Google.Rpc;
using Grpc.Core;

namespace Platform.Client.Transport;

/// <summary>Reads the refusals of calls over gRPC, which have the codes of HTTP in their details.</summary>
internal static class GrpcRefusals
{
    public static PlatformException Read(RpcException exception) =>
        new(exception.Status.Detail, StatusOf(exception.StatusCode), exception.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason, exception);

    public static TimeSpan? RetryAfter(RpcException exception) => exception.GetRpcStatus()?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan();

    public static bool IsPassing(RpcException exception) => exception.StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted;

    private static HttpStatusCode? StatusOf(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument => HttpStatusCode.BadRequest,
        StatusCode.Unauthenticated => HttpStatusCode.Unauthorized,
        StatusCode.PermissionDenied => HttpStatusCode.Forbidden,
        StatusCode.NotFound => HttpStatusCode.NotFound,
        StatusCode.Aborted => HttpStatusCode.Conflict,
        StatusCode.ResourceExhausted => HttpStatusCode.TooManyRequests,
        StatusCode.Unavailable => HttpStatusCode.ServiceUnavailable,
        StatusCode.DeadlineExceeded => HttpStatusCode.GatewayTimeout,
        StatusCode.Internal => HttpStatusCode.InternalServerError,
        _ => null,
    };
}
