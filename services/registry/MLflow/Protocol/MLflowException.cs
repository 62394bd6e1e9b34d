using Platform.Hosting.Errors;

namespace Platform.Registry.MLflow.Protocol;

/// <summary>
/// A refusal in MLflow's words. As a caller's mistakes are found while its request is read and checked, deep in what is common to many routes,
/// they travel as an exception, as a <see cref="BadHttpRequestException"/> does, and are answered in one place.
/// </summary>
internal sealed class MLflowException(string code, string message) : Exception(message)
{
    public Error ToError() => MLflowErrors.Of(code, Message);

    public static MLflowException Invalid(string message) => new("INVALID_PARAMETER_VALUE", message);

    public static MLflowException NotFound(string message) => new("RESOURCE_DOES_NOT_EXIST", message);

    public static MLflowException Exists(string message) => new("RESOURCE_ALREADY_EXISTS", message);

    /// <summary>The request makes sense, but not now, as things stand.</summary>
    public static MLflowException Conflict(string message) => new("RESOURCE_CONFLICT", message);

    public static MLflowException NotImplemented(string message) => new("NOT_IMPLEMENTED", message);

    /// <summary>A refusal of the registry's own, under MLflow's code for its status.</summary>
    public static MLflowException From(Error error) => error.Status switch
    {
        StatusCodes.Status404NotFound => NotFound(error.Detail),
        StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity => Conflict(error.Detail),
        StatusCodes.Status429TooManyRequests => new MLflowException("REQUEST_LIMIT_EXCEEDED", error.Detail),
        StatusCodes.Status503ServiceUnavailable => new MLflowException("TEMPORARILY_UNAVAILABLE", error.Detail),
        _ => Invalid(error.Detail),
    };
}

internal static class MLflowResults
{
    /// <summary>The value, or the refusal as an exception.</summary>
    public static T OrThrow<T>(this Result<T> result) =>
        result.Succeeded(out var value, out var error) ? value : throw MLflowException.From(error);
}
