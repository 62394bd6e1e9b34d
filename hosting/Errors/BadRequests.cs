using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Hosting.Errors;

/// <summary>
/// What the framework refuses before a handler sees it, in our words: its own name types and parameters of ours, which are no business
/// of a caller.
/// </summary>
public static partial class BadRequests
{
    /// <summary>A body is needed, and the request has none, or JSON's null.</summary>
    public static Error NoBody { get; } =
        Problems.Invalid(new Dictionary<string, string[]> { ["body"] = ["A JSON value other than null is needed."] });

    /// <summary>The body is said to be something else than JSON.</summary>
    public static Error NotJson { get; } = MediaType("application/json");

    /// <summary>The body is said to be of another media type than those that are taken.</summary>
    public static Error MediaType(params IReadOnlyList<string> taken) => new(StatusCodes.Status415UnsupportedMediaType, "request.media_type",
        $"The body must come with the content-type {string.Join(" or ", taken)}.");

    /// <summary>The body has more bytes than are taken; <paramref name="limit"/> is null where nobody says how many those are.</summary>
    public static Error TooLarge(long? limit) => new(StatusCodes.Status413PayloadTooLarge, "request.too_large",
        limit is null ? "The body is larger than what is taken here." : $"The body is larger than the {limit} bytes that are taken here.");

    internal static Error Describe(BadHttpRequestException exception)
    {
        // A JSON error says where and what; the framework's own sentence only says that there was one.
        if (exception.InnerException is JsonException json) return JsonProblems.Describe(json);
        return (exception.StatusCode, exception.Message) switch
        {
            (StatusCodes.Status413PayloadTooLarge, var message) => ServerLimit().Match(message) is { Success: true, Groups: var parts }
                ? TooLarge(long.Parse(parts["limit"].Value, CultureInfo.InvariantCulture))
                : TooLarge(null) with { Detail = message },
            (StatusCodes.Status415UnsupportedMediaType, var message) when message.Contains("JSON media type", StringComparison.Ordinal) => NotJson,
            (_, var message) when NoBodyGiven().IsMatch(message) => NoBody,
            (var status, var message) => new(status, CodeOf(status), Explain(message)),
        };
    }

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status415UnsupportedMediaType => "request.media_type",
        StatusCodes.Status408RequestTimeout => "request.timeout",
        _ => "request.invalid",
    };

    private static string Explain(string message)
    {
        if (UnreadParameter().Match(message) is { Success: true, Groups: var unread })
            return $"{JsonNamingPolicy.CamelCase.ConvertName(unread["name"].Value)}: '{unread["value"].Value}' cannot be read.";
        return MissingParameter().Match(message) is { Success: true, Groups: var missing }
            ? $"{JsonNamingPolicy.CamelCase.ConvertName(missing["name"].Value)}: is missing."
            : message;
    }

    [GeneratedRegex("""^Failed to bind parameter ".+ (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex UnreadParameter();

    [GeneratedRegex("""^Required parameter ".+ (?<name>\w+)" was not provided from (?!body).+\.$""")]
    private static partial Regex MissingParameter();

    [GeneratedRegex("""^(Implicit body inferred for parameter .*|Required parameter ".+" was not provided from body\.)""")]
    private static partial Regex NoBodyGiven();

    [GeneratedRegex(@"max request body size is (?<limit>\d+) bytes")]
    private static partial Regex ServerLimit();
}
