using Platform.Hosting.Errors;

namespace Platform.Explainer.Predictions;

internal static class PredictionErrors
{
    public static Error NotFound(string model, string id) => new(
        StatusCodes.Status404NotFound, "explainer.prediction_not_found",
        $"There is no prediction '{id}' of model '{model}' among those still kept.");

    public static Error NoSuchRow(string id, int rows) => new(
        StatusCodes.Status404NotFound, "explainer.prediction_row_not_found",
        $"Prediction '{id}' has the rows 0 to {rows - 1}.");

    public static Error NotSucceeded(string id, string status) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.prediction_not_explainable",
        $"Prediction '{id}' has the status '{status}': there is no answer to explain.");

    public static Error Sampled(string id, string input) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.prediction_not_explainable",
        $"Prediction '{id}' was logged with only a sample of its large input '{input}'; send the inputs instead.");

    public static Error Unreadable(string id) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.prediction_not_explainable",
        $"The record of prediction '{id}' is not as a record is; send the inputs instead.");

    public static Error LogAway(string id) => new(
        StatusCodes.Status503ServiceUnavailable, "explainer.predictions_unavailable",
        $"Prediction '{id}' cannot be read now, as the prediction log does not answer. Try again, or send the inputs instead.");

    public static Error Indexing(string id) => new(
        StatusCodes.Status503ServiceUnavailable, "explainer.predictions_unavailable",
        $"Prediction '{id}' was not found yet; the prediction log is being read since the start of this process. Try again, or send the inputs instead.");

    public static Error Redacted(string id) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.prediction_not_explainable",
        $"Prediction '{id}' was logged with some of its features hidden; send the inputs instead.");
}
