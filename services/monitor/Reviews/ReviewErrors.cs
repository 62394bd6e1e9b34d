using Platform.Hosting.Errors;

namespace Platform.Monitor.Reviews;

internal static class ReviewErrors
{
    public static Error NotFound(string id) => new(
        StatusCodes.Status404NotFound, "monitor.review_not_found", $"No prediction '{id}' waits for a review; it may have been labelled meanwhile.");
}
