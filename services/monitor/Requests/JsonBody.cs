using System.Text.Json;
using Platform.Hosting;
using Platform.Hosting.Errors;

namespace Platform.Monitor.Requests;

/// <summary>Reads request bodies; a body that does not fit its type is refused by field.</summary>
internal static class JsonBody
{
    private static readonly Error NotJson =
        new(StatusCodes.Status415UnsupportedMediaType, "request.media_type", "The body must be JSON: content-type application/json.");

    public static async Task<Result<T>> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken) where T : class
    {
        if (!request.HasJsonContentType())
            return NotJson;

        try
        {
            var body = await request.ReadFromJsonAsync<T>(PlatformJson.Strict, cancellationToken);
            return body is null ? Wrong("", "A JSON value other than null is needed.") : body;
        }
        catch (JsonException exception)
        {
            return Wrong(exception.Path ?? "$", Explain(exception.Message));
        }
    }

    /// <summary>The same for a body that may be left out.</summary>
    public static async Task<Result<T>> ReadOptionalAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class, new() =>
        request.ContentType is null && request.ContentLength is null or 0 ? new T() : await ReadAsync<T>(request, cancellationToken);

    private static Error Wrong(string path, string message) =>
        Problems.Invalid(new Dictionary<string, string[]> { [Field(path)] = [message] });

    // The serialiser speaks of .NET types, which are no business of a caller.
    private static string Explain(string message)
    {
        if (message.Contains("could not be mapped"))
            return "There is no such field.";
        if (message.Contains("could not be converted"))
            return "This value has the wrong type.";
        return message.Split(" Path: ")[0];
    }

    // "$.features[0].kind" is "features[0].kind" to the caller.
    private static string Field(string path)
    {
        var field = path.TrimStart('$').TrimStart('.');
        return field.Length == 0 ? "body" : field;
    }
}
