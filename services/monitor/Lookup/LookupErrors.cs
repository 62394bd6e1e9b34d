using Platform.Hosting.Errors;

namespace Platform.Monitor.Lookup;

internal static class LookupErrors
{
    public static Error NotFound(string id) => new(
        StatusCodes.Status404NotFound, "monitor.prediction_not_found", $"There is no prediction '{id}' among the last ones.");

    public static Error Dropped(string id) => new(
        StatusCodes.Status410Gone, "monitor.prediction_dropped",
        $"There was a prediction '{id}', but the prediction log no longer keeps its record.");

    public static Error NoSuchRow(string id, int rows) => new(
        StatusCodes.Status404NotFound, "monitor.prediction_row_not_found", $"Prediction '{id}' has the rows 0 to {rows - 1}.");

    public static Error RowNeeded(string id, int rows) => new(
        StatusCodes.Status422UnprocessableEntity, "monitor.prediction_row_needed",
        $"'{id}' names a request of {rows} rows. Name one of its rows: '{id}:0', '{id}:1' and so on.");

    public static Error NotAnswered(string id, string status) => new(
        StatusCodes.Status422UnprocessableEntity, "monitor.prediction_not_answered",
        $"Prediction '{id}' has no answer to judge: its status is {status}.");

    public static Error Unreadable(string id) => new(
        StatusCodes.Status422UnprocessableEntity, "monitor.prediction_unreadable", $"The record of prediction '{id}' is not as a record is, and cannot be shown.");

    public static Error LogAway(string id) => new(
        StatusCodes.Status503ServiceUnavailable, "monitor.predictions_unavailable",
        $"Prediction '{id}' cannot be read now, as the prediction log does not answer. Try again.");

    public static Error Indexing(string id) => new(
        StatusCodes.Status503ServiceUnavailable, "monitor.predictions_unavailable",
        $"Prediction '{id}' was not found yet; the prediction log is being read since the start of this process. Try again.");
}
