using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using HttpRequest = Microsoft.AspNetCore.Http.HttpRequest;
using RpcStatus = Google.Rpc.Status;

namespace Platform.Hosting.Errors;

/// <summary>
/// Errors as a client of gRPC expects them: a status code of its own, and <c>google.rpc.Status</c> whose <c>ErrorInfo.reason</c> is our code.
/// </summary>
public static class GrpcErrors
{
    private const string ContentType = "application/grpc";
    private const string Domain = "platform";

    // Metadata of 8 KiB is what clients take; a message goes into it twice, and may grow by its encoding.
    private const int MaxMessage = 1000;

    /// <summary>Whether whoever asks speaks gRPC.</summary>
    public static bool SpeaksGrpc(this HttpRequest request) =>
        !HttpProtocol.IsHttp11(request.Protocol) && request.ContentType is { } type && type.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (type.Length == ContentType.Length || type[ContentType.Length] is '+' or ';');

    /// <summary>The error as an exception, for handlers that answer by exceptions.</summary>
    public static RpcException ToRpcException(this Error error) => Describe(error).ToRpcException();

    /// <summary>The error as the message that clients find in <c>grpc-status-details-bin</c>.</summary>
    public static RpcStatus Describe(Error error)
    {
        var detail = error.Detail.Length > MaxMessage ? error.Detail[..MaxMessage] + "…" : error.Detail;
        var status = new RpcStatus { Code = (int)CodeOf(error), Message = detail };
        status.Details.Add(Any.Pack(new ErrorInfo { Reason = error.Code, Domain = Domain }));
        if (error.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) }));
        return status;
    }

    /// <summary>The code of gRPC for an error: a method that there is not is one that is not implemented, and no thing that was not found.</summary>
    private static StatusCode CodeOf(Error error) => error.Code == "route.not_found" ? StatusCode.Unimplemented : CodeOf(error.Status);

    /// <summary>The code of gRPC for a status of HTTP.</summary>
    private static StatusCode CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => StatusCode.Unauthenticated,
        StatusCodes.Status403Forbidden or StatusCodes.Status421MisdirectedRequest => StatusCode.PermissionDenied,
        StatusCodes.Status404NotFound => StatusCode.NotFound,
        StatusCodes.Status405MethodNotAllowed or StatusCodes.Status415UnsupportedMediaType or StatusCodes.Status501NotImplemented => StatusCode.Unimplemented,
        StatusCodes.Status409Conflict => StatusCode.Aborted,
        StatusCodes.Status413PayloadTooLarge or StatusCodes.Status429TooManyRequests or StatusCodes.Status507InsufficientStorage => StatusCode.ResourceExhausted,
        StatusCodes.Status408RequestTimeout or StatusCodes.Status504GatewayTimeout => StatusCode.DeadlineExceeded,
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable => StatusCode.Unavailable,
        >= 500 => StatusCode.Internal,
        _ => StatusCode.InvalidArgument,
    };

    /// <summary>Answers with the error: in the headers where nothing was answered yet, else in the trailers.</summary>
    internal static Task WriteAsync(HttpContext context, Error error)
    {
        var (response, status) = (context.Response, Describe(error));
        if (!response.HasStarted)
        {
            response.StatusCode = StatusCodes.Status200OK;
            response.ContentType = ContentType;
        }

        var target = response.HasStarted ? context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers ?? new HeaderDictionary() : response.Headers;
        target["grpc-status"] = ((int)CodeOf(error)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        target["grpc-message"] = Uri.EscapeDataString(status.Message);
        target["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray());
        return response.CompleteAsync();
    }
}
