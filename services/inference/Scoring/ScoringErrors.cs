using Platform.Hosting.Errors;
using Platform.Inference.RowFiles;

namespace Platform.Inference.Scoring;

/// <summary>Why a file is refused, or has no result. What jobs have in common is in <see cref="Jobs.JobErrors"/>.</summary>
internal static class ScoringErrors
{
    private static readonly string Formats = string.Join(", ", RowFormat.All);

    private static readonly string Parts =
        $"Send multipart/form-data with the file as the part 'data' and, where neither its name nor its media type tells, the part 'format' ({Formats}).";

    public static Error NotMultipart { get; } = new(StatusCodes.Status415UnsupportedMediaType, "request.media_type", Parts);

    public static Error Missing { get; } = Problems.Invalid($"The part 'data' is missing. {Parts}");

    public static Error Duplicate(string part) => Problems.Invalid($"The part '{part}' is there more than once.");

    public static Error UnknownPart { get; } = Problems.Invalid($"There is a part that is neither 'data' nor 'format'. {Parts}");

    public static Error UnknownFormat { get; } = Problems.Invalid(new Dictionary<string, string[]>
    {
        ["format"] = [$"The file's format is none of {Formats}. Name it by the part 'format', or give the file a name that ends in .csv or .ndjson."],
    });

    public static Error Malformed(string reason) => Problems.Invalid($"The multipart body is malformed: {reason}");

    public static Error TooLarge(long limit) => new(StatusCodes.Status413PayloadTooLarge, "request.too_large",
        $"The file is larger than the {limit} bytes allowed; send it in several.");

    public static Error TooSlow(TimeSpan limit) => new(StatusCodes.Status408RequestTimeout, "inference.scoring_too_slow",
        $"The file did not come within {limit:c} (hours, minutes, seconds); send it in several.");

    public static Error Full { get; } = new(StatusCodes.Status503ServiceUnavailable, "inference.scoring_full",
        "Too many files are received, wait, or are kept with their results; try again later.");

    /// <summary>Of a job whose answers take far more than its file does.</summary>
    public static Error Outgrown(long limit) => new(StatusCodes.Status507InsufficientStorage, "inference.scoring_outgrown",
        $"With this job's answers, all files and results would take more than the {limit} bytes allowed; send the file in several, or wait until others have gone.");

    public static Error FileInvalid(string problem) => new(StatusCodes.Status422UnprocessableEntity, "inference.scoring_file_invalid", problem);

    /// <summary>
    /// Whether a job that could not go on for it need only wait: the registry is away, or the version is not loaded yet, or not any more. A model's own
    /// process that does not come back is another matter.
    /// </summary>
    public static bool Passes(Error error) =>
        error.Code is "inference.registry_away" or "inference.timeout" or "inference.model_not_ready" or "inference.not_ready";

    public static Error NoResult(string state) => new(StatusCodes.Status409Conflict, "inference.scoring_no_result",
        $"The job is {state}; only one that is succeeded has a result.");
}
