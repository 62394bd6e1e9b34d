using System.Text.Json;
using Platform.Hosting;
using Platform.Hosting.Errors;

namespace Platform.Monitor.Requests;

/// <summary>Reads request bodies; a body that does not fit its type is refused by field.</summary>
internal static class JsonBody
{
    private static readonly Error NotJson =
        new(StatusCodes.Status415UnsupportedMediaType, "request.media_type", "The body must be JSON: content-type application/json.");

    private static readonly Error Empty =
        Problems.Invalid(new Dictionary<string, string[]> { ["body"] = ["A JSON value other than null is needed."] });

    public static async Task<Result<T>> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken) where T : class
    {
        if (!request.HasJsonContentType())
            return NotJson;

        try
        {
            var body = await request.ReadFromJsonAsync<T>(PlatformJson.Strict, cancellationToken);
            return body is null ? Empty : body;
        }
        catch (JsonException exception)
        {
            return JsonProblems.Describe(exception);
        }
    }

    /// <summary>The same for a body that may be left out.</summary>
    public static async Task<Result<T>> ReadOptionalAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class, new() =>
        request.ContentType is null && request.ContentLength is null or 0 ? new T() : await ReadAsync<T>(request, cancellationToken);
}
