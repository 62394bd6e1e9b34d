using Platform.Explainer.Attribution;
using Platform.Hosting.Errors;
using Platform.Hosting.Work;

namespace Platform.Explainer.Explanations;

internal static class ExplanationErrors
{
    public static Error MethodNotSupported(string method) => new(
        StatusCodes.Status400BadRequest, "explainer.method_not_supported",
        $"There is no method '{method}'; there are {string.Join(", ", ExplanationMethods.Names)}.")
    {
        Extensions = new Dictionary<string, object?> { ["supported"] = ExplanationMethods.Names },
    };

    public static Error Refused(AttributionRefusal refusal) =>
        new(StatusCodes.Status422UnprocessableEntity, refusal.Code, refusal.Detail);

    public static Error CounterfactualsTooLarge(long limit) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.answer_too_large",
        $"The answer would have more than {limit} values; ask for fewer rows, or for fewer counterfactuals by 'counterfactual.count'.");

    public static Error NoTexts(string method) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.method_not_applicable",
        $"Method '{method}' explains rows of features, and this model takes a text; use 'auto', 'occlusion' or 'lime', which explain its words.");

    public static Error BudgetTooSmall(long budget, long minimum) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.budget_too_small",
        $"A budget of {budget} evaluations is too small: this needs {minimum}, and with fewer features that may change or be named less.");

    public static Error AnswerTooLarge(long limit) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.answer_too_large",
        $"The answer would have more than {limit} attributions; ask for fewer rows, or choose 'classes'.");

    public static Error NotFound(string id) =>
        new(StatusCodes.Status404NotFound, "explainer.explanation_not_found", $"There is no explanation '{id}'.");

    public static Error Cancelled() => new(StatusCodes.Status409Conflict, "explainer.explanation_cancelled", "The explanation was cancelled.")
    {
        Extensions = new Dictionary<string, object?> { ["state"] = WorkState.Cancelled },
    };

    public static Error Finished(string state) => new(
        StatusCodes.Status409Conflict, "explainer.explanation_finished", $"The explanation has ended ({state}) and cannot be cancelled.");

    public static Error Busy() => new(
        StatusCodes.Status429TooManyRequests, "explainer.busy",
        "Too many explanations are being computed; try again, or ask with mode 'async'.");

    public static Error QueueFull(int limit) => new(
        StatusCodes.Status429TooManyRequests, "explainer.queue_full",
        $"{limit} explanations already wait to be computed; try again later.");

    public static Error TimeLimit(TimeSpan limit) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.time_limit",
        $"The explanation took more than {limit.TotalSeconds:0.#} s and was stopped; use a smaller budget, fewer rows, or mode 'async'.");

    public static Error Failed() => new(
        StatusCodes.Status500InternalServerError, "explainer.failed", "The explanation failed here, not because of the request.");
}
