using System.Text;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using Platform.Hosting.Documents;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Errors;

/// <summary>Gives what the framework refuses by itself (unknown route, wrong verb, malformed body) the same form as our own errors.</summary>
internal static partial class ErrorDefaults
{
    public static void AddPlatformErrors(this IServiceCollection services) => services.AddExceptionHandler<Handler>();

    public static void UsePlatformErrors(this WebApplication app) => app.UseExceptionHandler(_ => { });

    /// <summary>
    /// Gives answers that have a status and no body our form. Behind routing, because an endpoint that writes all its answers
    /// itself (<see cref="ISkipStatusCodePagesMetadata"/>) is passed by at no cost.
    /// </summary>
    public static void UseBodiesForBareStatuses(this WebApplication app) => app.Use((context, next) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ISkipStatusCodePagesMetadata>() is null ? AddBodyAsync(context, next) : next(context));

    private static async Task AddBodyAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var response = context.Response;
        AllowHead(response);
        if (response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            await ErrorSurfaces.WriteAsync(context, FromStatus(context));
    }

    // Routing lists the methods that routes name; HEAD is taken wherever GET is.
    private static void AllowHead(HttpResponse response)
    {
        if (response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false } && response.Headers.Allow is [{ } methods]
            && methods.Split(", ").Contains(HttpMethods.Get))
            response.Headers.Allow = methods.Replace(HttpMethods.Get, $"{HttpMethods.Get}, {HttpMethods.Head}", StringComparison.Ordinal);
    }

    /// <summary>For a path that is not answered, or not at this address.</summary>
    public static Error NotFound(PathString path) => new(StatusCodes.Status404NotFound, "route.not_found", $"There is nothing at {path}.");

    private static Error FromStatus(HttpContext context)
    {
        var (status, method, path) = (context.Response.StatusCode, context.Request.Method, context.Request.Path);
        return status switch
        {
            StatusCodes.Status404NotFound => NotFound(path),
            StatusCodes.Status405MethodNotAllowed => new(status, "route.method_not_allowed", $"{path} does not take {method}."),
            StatusCodes.Status413PayloadTooLarge => BadRequests.TooLarge(context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize),
            StatusCodes.Status408RequestTimeout => new(status, "request.timeout", "The body came too slowly."),
            StatusCodes.Status400BadRequest => Problems.Invalid("The request's body could not be read to its end."),
            StatusCodes.Status415UnsupportedMediaType => BadRequests.NotJson, // by routing, of bodies that the framework binds
            StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout =>
                new(status, "service.unreachable", $"The service that answers {path} cannot be reached now."),
            _ => new(status, "request.refused", $"The request was refused with status {status}."),
        };
    }

    private sealed partial class Handler(ILogger<Handler> logger) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
        {
            if (context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException) return true;
            await ErrorSurfaces.WriteAsync(context, FromException(context, exception));
            return true;
        }

        private Error FromException(HttpContext context, Exception exception)
        {
            if (exception is BadHttpRequestException bad)
                return BadRequests.Describe(bad);
            if (JsonProblems.IsMalformedText(exception))
                return Problems.Invalid("The body holds text that is not valid UTF-8.");
            if (exception is InvalidOperationException && HasUnknownCharset(context.Request))
                return new(StatusCodes.Status415UnsupportedMediaType, "request.media_type", "The body's charset is not known here; send UTF-8.");
            if (exception is DocumentsUnavailableException)
                return new(StatusCodes.Status503ServiceUnavailable, "documents.unavailable", exception.Message);
            if (StorageFaults.IsFull(exception) || StorageFaults.IsUnusable(exception))
                return Storage(context, exception);
            Unexpected(logger, exception, context.Request.Method, context.Request.Path, Problems.TraceId(context));
            return new(StatusCodes.Status500InternalServerError, "internal",
                "Something went wrong here, not in the request. The trace id finds it in the logs.");
        }

        /// <summary>What could not be stored is not acknowledged; where the disk stands is no business of the caller's.</summary>
        private Error Storage(HttpContext context, Exception exception)
        {
            StorageFailed(logger, exception, context.Request.Method, context.Request.Path, Problems.TraceId(context));
            return StorageFaults.IsFull(exception)
                ? new(StatusCodes.Status507InsufficientStorage, "storage.full", "There is no room on the disk here. Nothing was stored; try again once there is.")
                : new(StatusCodes.Status503ServiceUnavailable, "storage.unavailable", "The disk cannot be used here now. Nothing was stored.");
        }

        // The framework takes such a body for a fault of its own.
        private static bool HasUnknownCharset(HttpRequest request)
        {
            if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.Charset.HasValue) return false;
            try
            {
                Encoding.GetEncoding(type.Charset.Value!);
                return false;
            }
            catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
            {
                return true;
            }
        }

        [LoggerMessage(LogLevel.Error, "The disk failed {Method} {Path}, trace {TraceId}")]
        private static partial void StorageFailed(ILogger logger, Exception exception, string method, string path, string traceId);

        [LoggerMessage(LogLevel.Error, "Unexpected error in {Method} {Path}, trace {TraceId}")]
        private static partial void Unexpected(ILogger logger, Exception exception, string method, string path, string traceId);
    }
}
