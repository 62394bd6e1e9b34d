using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Platform.Hosting;
using Platform.Hosting.Errors;

namespace Platform.Monitor.Requests;

/// <summary>Reads request bodies; a body that does not fit its type is refused by field.</summary>
internal static class JsonBody
{
    public static async Task<Result<T>> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken) where T : class
    {
        if (!request.HasJsonContentType())
            return request.ContentType is null && !HasBody(request) ? BadRequests.NoBody : BadRequests.NotJson;

        try
        {
            var body = await request.ReadFromJsonAsync<T>(PlatformJson.Strict, cancellationToken);
            return body is null ? BadRequests.NoBody : body;
        }
        catch (JsonException exception)
        {
            return JsonProblems.Describe(exception);
        }
    }

    /// <summary>The same for a body that may be left out.</summary>
    public static async Task<Result<T>> ReadOptionalAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class, new() =>
        HasBody(request) ? await ReadAsync<T>(request, cancellationToken) : new T();

    private static bool HasBody(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? request.ContentLength is not 0;
}
