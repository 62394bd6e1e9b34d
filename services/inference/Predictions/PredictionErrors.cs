using Platform.Hosting.Errors;

namespace Platform.Inference.Predictions;

/// <summary>Why a request gets no prediction.</summary>
internal static class PredictionErrors
{
    public const string BusyCode = "inference.busy";
    public const string AnswerTooLargeCode = "inference.answer_too_large";
    public const string WorkerDiedCode = "inference.worker_died";
    public const string WorkerAwayCode = "inference.worker_away";
    public const string RunFailedCode = "inference.run_failed";

    public static Error Busy { get; } = new(StatusCodes.Status503ServiceUnavailable, BusyCode,
        "Too many large requests are in progress; try again shortly.");

    public static Error BodyTooLarge(long limit) => BadRequests.TooLarge(limit);

    public static Error AnswerTooLarge(long limit) => new(StatusCodes.Status400BadRequest, AnswerTooLargeCode,
        $"The answer would take more than the {limit} bytes that one may have; ask for fewer outputs, for raw ones, or send fewer rows.");

    public static Error Malformed(string problem) => new(StatusCodes.Status400BadRequest, "inference.request_invalid", problem);

    public static Error RowsAreJson { get; } = Malformed("A request by feature name is JSON alone: leave out Inference-Header-Content-Length.");

    public static Error RowsUnsupported(string model, string problem) => new(StatusCodes.Status422UnprocessableEntity, "inference.rows_unsupported",
        $"The model '{model}' cannot be called by feature name: {problem}");

    /// <param name="fields">What is wrong by row and feature.</param>
    public static Error RowsInvalid(IReadOnlyDictionary<string, string[]> fields) => new(StatusCodes.Status422UnprocessableEntity, "inference.rows_invalid",
        string.Join(" ", fields.Select(field => $"{field.Key}: {string.Join(" ", field.Value)}"))) { Fields = fields };

    public static Error BadPredictionId { get; } = new(StatusCodes.Status400BadRequest, "inference.prediction_id_invalid",
        "The header x-prediction-id must hold 1 to 128 visible ASCII characters.");

    public static Error UnknownCoding(string coding) => new(StatusCodes.Status415UnsupportedMediaType, "inference.content_encoding_unknown",
        $"The content encoding '{coding}' is not supported; send gzip, deflate or none.");

    public static Error BadJsonLength { get; } = new(StatusCodes.Status400BadRequest, "inference.header_length_invalid",
        "The header Inference-Header-Content-Length must hold the length of the body's JSON part in bytes.");

    public static Error QueueFull(string problem) => new(StatusCodes.Status503ServiceUnavailable, "inference.queue_full", problem);

    /// <summary>The model's answers go out when they are recorded (<c>logging.durability</c>).</summary>
    public static Error NotRecorded { get; } = new(StatusCodes.Status503ServiceUnavailable, "inference.not_recorded",
        "The prediction was made but could not be brought to the disk, without which this model gives no answers; try again shortly.");

    /// <summary>Whether nothing is wrong with the request but that there is no room for it now, or no process.</summary>
    public static bool IsForWantOfRoom(Error error) => error.Code is "inference.queue_full" or BusyCode or WorkerAwayCode or "inference.not_recorded";

    /// <summary>Only calls over gRPC have a deadline.</summary>
    public static Error Expired(string problem) => new(StatusCodes.Status504GatewayTimeout, "inference.deadline_exceeded", problem);

    public static Error TimedOut(string problem) => new(StatusCodes.Status503ServiceUnavailable, "inference.timeout", problem);

    /// <summary>Not 503, which clients send again by themselves: this request may be what the process died of.</summary>
    public static Error WorkerDied(string problem) => new(StatusCodes.Status500InternalServerError, WorkerDiedCode, problem);

    public static Error WorkerAway(string problem, TimeSpan? retryAfter) =>
        new(StatusCodes.Status503ServiceUnavailable, WorkerAwayCode, problem) { RetryAfter = retryAfter };

    public static Error RunFailed(string problem) => new(StatusCodes.Status400BadRequest, RunFailedCode, problem);
}
