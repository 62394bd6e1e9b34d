using Platform.Hosting.Errors;
using Platform.Inference.Delivery;

namespace Platform.Inference.Jobs;

/// <summary>Why a job is refused, or has no result.</summary>
internal static class JobErrors
{
    public static Error Unknown(string id) => new(StatusCodes.Status404NotFound, "inference.job_unknown",
        $"There is no job '{id}', or its result is no longer kept.");

    public static Error Finished(string state) => new(StatusCodes.Status409Conflict, "inference.job_finished",
        $"The job has ended ({state}) and cannot be cancelled.");

    public static Error KeyReused { get; } = new(StatusCodes.Status422UnprocessableEntity, "inference.idempotency_key_reused",
        "This Idempotency-Key was used for another request: the same model with another body, version, callback or prediction id.");

    public static Error BadKey { get; } = new(StatusCodes.Status400BadRequest, "inference.idempotency_key_invalid",
        "The header Idempotency-Key must hold 1 to 255 characters.");

    public static Error BinaryOutput { get; } = new(StatusCodes.Status400BadRequest, "inference.job_result_binary",
        "The result of a job is JSON: leave out binary_data, binary_data_output and Inference-Header-Content-Length.");

    public static Error QueueFull { get; } = new(StatusCodes.Status503ServiceUnavailable, "inference.jobs_full",
        "Too many jobs are waiting; try again later.");

    public static Error TryAgain { get; } = new(StatusCodes.Status503ServiceUnavailable, "inference.job_contended",
        "The same job was submitted and removed at the same time; try again.");

    public static Error Cancelled { get; } = new(StatusCodes.Status409Conflict, "inference.job_cancelled",
        "The job was cancelled.");

    public static Error GivenUp(int attempts) => new(StatusCodes.Status500InternalServerError, "inference.job_given_up",
        $"The job was begun {attempts} times and never came to its end: each time its process stopped, or could not store what came of it.");

    public static Error ResultTooLarge(int limit) => new(StatusCodes.Status400BadRequest, "inference.job_result_too_large",
        $"The result has more than the {limit} bytes that are kept for a job; ask for fewer outputs or send fewer rows.");

    public static Error Broken { get; } = new(StatusCodes.Status500InternalServerError, "inference.job_broken",
        "Something went wrong here, not in the request.");
}
