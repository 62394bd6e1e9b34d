using Platform.Hosting.Errors;

namespace Platform.Explainer.Global;

internal static class GlobalErrors
{
    public static Error MethodNotSupported(string method, IReadOnlyList<string> names) => new(
        StatusCodes.Status400BadRequest, "explainer.method_not_supported", $"There is no method '{method}'; there are {string.Join(", ", names)}.")
    {
        Extensions = new Dictionary<string, object?> { ["supported"] = names },
    };

    public static Error TimeLimit(TimeSpan limit) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.time_limit",
        $"It took more than {limit.TotalSeconds:0.#} s and was stopped; ask for fewer 'rows'.");
}
