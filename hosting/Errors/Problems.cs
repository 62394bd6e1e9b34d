using Microsoft.AspNetCore.Mvc;

namespace Platform.Hosting.Errors;

/// <summary>Turns errors into RFC 9457 problem details with <c>code</c> and <c>traceId</c>.</summary>
public static class Problems
{
    /// <summary>The HTTP answer to <paramref name="error"/>.</summary>
    public static IResult From(Error error) => new ProblemResult(error);

    /// <summary>A 400 for a request that does not have the right form.</summary>
    public static Error Invalid(string detail) => new(StatusCodes.Status400BadRequest, "request.invalid", detail);

    /// <summary>A 400 with one message per wrong field.</summary>
    public static Error Invalid(IReadOnlyDictionary<string, string[]> fields) =>
        new(StatusCodes.Status400BadRequest, "request.invalid", Summarise(fields)) { Fields = fields };

    internal static ProblemDetails Describe(Error error, HttpContext context) => Describe(error, TraceId(context));

    internal static ProblemDetails Describe(Error error, string traceId)
    {
        var problem = new ProblemDetails
        {
            Type = $"urn:platform:error:{error.Code}",
            Title = Title(error.Status),
            Status = error.Status,
            Detail = error.Detail,
            Extensions = { ["code"] = error.Code, ["traceId"] = traceId },
        };
        if (error.Fields is not null) problem.Extensions["errors"] = error.Fields;
        foreach (var (name, value) in error.Extensions ?? new Dictionary<string, object?>()) problem.Extensions[name] = value;
        return problem;
    }

    internal static string TraceId(HttpContext context) =>
        System.Diagnostics.Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    private static string Summarise(IReadOnlyDictionary<string, string[]> fields) =>
        string.Join(" ", fields.Select(field => $"{field.Key}: {string.Join(" ", field.Value)}"));

    private static string Title(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);

    private sealed class ProblemResult(Error error) : IResult
    {
        public Task ExecuteAsync(HttpContext context) => ErrorSurfaces.WriteAsync(context, error);
    }
}
