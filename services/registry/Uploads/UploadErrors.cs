using Platform.Hosting.Errors;
using Platform.Registry.Packing;

namespace Platform.Registry.Uploads;

internal static class UploadErrors
{
    private const string Parts = "Send multipart/form-data with the part 'model' (ONNX file, or a zip or tar archive of it and its data files), parts 'data' "
        + "for data files that are sent one by one, and, where there is something to say, 'metadata' (JSON) and 'reference' (CSV or JSON rows).";

    public static Error NotMultipart { get; } = new(StatusCodes.Status415UnsupportedMediaType, "request.media_type", Parts);

    public static Error ModelInvalid(string reason) => PackingErrors.Invalid(reason);

    public static Error MetadataInvalid(IReadOnlyDictionary<string, string[]> fields) =>
        Problems.Invalid(fields) with { Status = StatusCodes.Status422UnprocessableEntity, Code = "registry.metadata_invalid" };

    public static Error TooLarge(string part, long maxBytes) => new(StatusCodes.Status413PayloadTooLarge, "request.too_large",
        $"The part '{part}' is larger than the {maxBytes} bytes allowed.");

    public static Error Missing(string part) => Problems.Invalid($"The part '{part}' is missing. {Parts}");

    public static Error Duplicate(string part) => Problems.Invalid($"The part '{part}' is there more than once.");

    public static Error Nameless { get; } = Problems.Invalid("A part 'data' has no file name. Give it the name by which the model's tensors know the file.");

    public static Error DuplicateData(string name) => Problems.Invalid($"The data file '{name}' is there more than once.");

    public static Error TooMany(int most) => Problems.Invalid($"A model may have {most} data files.");

    public static Error DataBesideArchive { get; } =
        PackingErrors.Invalid("The part 'model' is an archive, and there are data files beside it. Put them into the archive, or send the ONNX file itself.");

    public static Error Unknown(string? part) =>
        Problems.Invalid(part is null ? $"A part has no name. {Parts}" : $"There is no part '{part}' in an upload. {Parts}");

    public static Error Malformed(string reason) => Problems.Invalid($"The multipart body is malformed: {reason}");
}
