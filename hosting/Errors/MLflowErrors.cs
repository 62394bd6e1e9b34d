namespace Platform.Hosting.Errors;

/// <summary>
/// Errors as MLflow's clients read them: <c>{"error_code": "…", "message": "…"}</c> (mlflow/protos/databricks.proto and mlflow/exceptions.py
/// of MLflow 3.10).
/// </summary>
public static class MLflowErrors
{
    /// <summary>Where MLflow's routes lie.</summary>
    public static IReadOnlyList<string> Prefixes { get; } = ["/api/2.0", "/api/3.0", "/ajax-api/2.0", "/ajax-api/3.0", "/get-artifact", "/model-versions"];

    private static readonly Dictionary<string, int> Statuses = new()
    {
        ["INVALID_PARAMETER_VALUE"] = StatusCodes.Status400BadRequest,
        ["BAD_REQUEST"] = StatusCodes.Status400BadRequest,
        ["RESOURCE_ALREADY_EXISTS"] = StatusCodes.Status400BadRequest,
        ["UNAUTHENTICATED"] = StatusCodes.Status401Unauthorized,
        ["PERMISSION_DENIED"] = StatusCodes.Status403Forbidden,
        ["RESOURCE_DOES_NOT_EXIST"] = StatusCodes.Status404NotFound,
        ["ENDPOINT_NOT_FOUND"] = StatusCodes.Status404NotFound,
        ["RESOURCE_CONFLICT"] = StatusCodes.Status409Conflict,
        ["REQUEST_LIMIT_EXCEEDED"] = StatusCodes.Status429TooManyRequests,
        ["RESOURCE_EXHAUSTED"] = StatusCodes.Status429TooManyRequests,
        ["INTERNAL_ERROR"] = StatusCodes.Status500InternalServerError,
        ["INVALID_STATE"] = StatusCodes.Status500InternalServerError,
        ["NOT_IMPLEMENTED"] = StatusCodes.Status501NotImplemented,
        ["TEMPORARILY_UNAVAILABLE"] = StatusCodes.Status503ServiceUnavailable,
        ["DEADLINE_EXCEEDED"] = StatusCodes.Status504GatewayTimeout,
    };

    /// <summary>Gives errors on MLflow's routes MLflow's form.</summary>
    public static IServiceCollection AddMLflowErrors(this IServiceCollection services)
    {
        foreach (var prefix in Prefixes) services.AddSingleton(new ErrorSurface(prefix, Body) { IsDescribed = false });
        return services;
    }

    /// <summary>A refusal under one of MLflow's codes, with the status that MLflow gives it.</summary>
    public static Error Of(string code, string message) => new(Statuses[code], code, message);

    private static object Body(Error error) => new Dictionary<string, string> { ["error_code"] = CodeOf(error), ["message"] = error.Detail };

    private static string CodeOf(Error error) => error switch
    {
        _ when Statuses.ContainsKey(error.Code) => error.Code,
        { Code: "route.not_found" or "route.method_not_allowed" } => "ENDPOINT_NOT_FOUND",
        { Status: StatusCodes.Status401Unauthorized } => "UNAUTHENTICATED",
        { Status: StatusCodes.Status403Forbidden or StatusCodes.Status421MisdirectedRequest } => "PERMISSION_DENIED",
        { Status: StatusCodes.Status404NotFound } => "RESOURCE_DOES_NOT_EXIST",
        { Status: StatusCodes.Status409Conflict } => "RESOURCE_CONFLICT",
        { Status: StatusCodes.Status429TooManyRequests } => "REQUEST_LIMIT_EXCEEDED",
        { Status: StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable } => "TEMPORARILY_UNAVAILABLE",
        { Status: StatusCodes.Status504GatewayTimeout } => "DEADLINE_EXCEEDED",
        { Status: >= 500 } => "INTERNAL_ERROR",
        _ => "INVALID_PARAMETER_VALUE",
    };
}
