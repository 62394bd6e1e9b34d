using Platform.Hosting.Errors;

namespace Platform.Registry.Uploads;

internal static class UploadErrors
{
    private const string Parts = "Send multipart/form-data with the part 'model' (ONNX file) and, where there is something to say, "
        + "'metadata' (JSON) and 'reference' (CSV or JSON rows).";

    public static Error NotMultipart { get; } = new(StatusCodes.Status415UnsupportedMediaType, "request.media_type", Parts);

    public static Error ModelInvalid(string reason) => new(StatusCodes.Status422UnprocessableEntity, "registry.model_invalid", reason);

    public static Error MetadataInvalid(IReadOnlyDictionary<string, string[]> fields) =>
        Problems.Invalid(fields) with { Status = StatusCodes.Status422UnprocessableEntity, Code = "registry.metadata_invalid" };

    public static Error TooLarge(string part, long maxBytes) => new(StatusCodes.Status413PayloadTooLarge, "request.too_large",
        $"The part '{part}' is larger than the {maxBytes} bytes allowed.");

    public static Error Missing(string part) => Problems.Invalid($"The part '{part}' is missing. {Parts}");

    public static Error Duplicate(string part) => Problems.Invalid($"The part '{part}' is there more than once.");

    public static Error Unknown(string? part) =>
        Problems.Invalid(part is null ? $"A part has no name. {Parts}" : $"There is no part '{part}' in an upload. {Parts}");

    public static Error Malformed(string reason) => Problems.Invalid($"The multipart body is malformed: {reason}");
}
