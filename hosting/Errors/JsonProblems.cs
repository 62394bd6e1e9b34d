using System.Text;
using System.Text.Json;

namespace Platform.Hosting.Errors;

/// <summary>What is wrong with a JSON body, by field; the serialiser speaks of .NET types, which are no business of a caller.</summary>
public static class JsonProblems
{
    // The mark by which the serialiser tells its own exceptions from a program's mistakes.
    private const string RethrownAsJson = "System.Text.Json.Rethrowable";

    private const string Missing = "missing required properties including: ";

    /// <param name="exception">What the serialiser says.</param>
    /// <param name="body">What the body is called where the whole of it is wrong.</param>
    public static Error Describe(JsonException exception, string body = "body") =>
        Problems.Invalid(new Dictionary<string, string[]> { [Field(exception.Path, body)] = [Explain(exception)] });

    /// <summary>
    /// Whether JSON turned out to hold a text that is none, bytes that are no UTF-8 or half of a surrogate pair: a
    /// <see cref="JsonElement"/> decodes its text only when it is read or written, long after the body was parsed.
    /// </summary>
    public static bool IsMalformedText(Exception exception) => (exception as JsonException)?.InnerException is { } inner
        ? IsMalformedText(inner)
        : exception is InvalidOperationException { InnerException: DecoderFallbackException } or InvalidOperationException { Source: RethrownAsJson };

    // "$.features[0].kind" is "features[0].kind" to the caller.
    private static string Field(string? path, string body)
    {
        var field = (path ?? "").TrimStart('$').TrimStart('.');
        return field.Length == 0 ? body : field;
    }

    private static string Explain(JsonException exception)
    {
        var message = exception.Message.Split(" Path: ")[0];
        if (message.Contains("does not contain any JSON tokens"))
            return "A JSON value is needed; there is none.";
        if (message.Contains("could not be mapped"))
            return "There is no such field.";
        if (message.Contains("could not be converted"))
            return "This value has the wrong type.";
        if (message.IndexOf(Missing, StringComparison.Ordinal) is >= 0 and var at)
            return $"These fields are needed: {message[(at + Missing.Length)..]}";
        return exception.LineNumber is { } line ? $"{message} (line {line + 1}, byte {exception.BytePositionInLine + 1})" : message;
    }
}
