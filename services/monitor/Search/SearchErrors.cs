using Platform.Hosting.Errors;

namespace Platform.Monitor.Search;

internal static class SearchErrors
{
    public static Error FilterInvalid(string message) => new(StatusCodes.Status422UnprocessableEntity, "monitor.filter_invalid", message);

    public static readonly Error Indexing = new(
        StatusCodes.Status503ServiceUnavailable, "monitor.predictions_unavailable",
        "The prediction log is being read since the start of this process. Try again.");

    public static readonly Error LogAway = new(
        StatusCodes.Status503ServiceUnavailable, "monitor.predictions_unavailable", "The prediction log does not answer. Try again.");
}
