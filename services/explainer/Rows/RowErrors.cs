using Platform.Hosting.Errors;

namespace Platform.Explainer.Rows;

/// <summary>What can be wrong with the rows of a request.</summary>
internal static class RowErrors
{
    public static Error Invalid(string detail) => new(StatusCodes.Status400BadRequest, "explainer.inputs_invalid", detail);

    public static Error RowCount(long rows) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.row_count",
        $"A request explains 1 to {InstanceReader.MaximumRows} rows, not {rows}.");

    public static Error TooWide() => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.too_many_features",
        $"Rows of more than {InstanceReader.MaximumFeatures} cells cannot be explained.");

    public static Error Unsupported(string detail) => new(StatusCodes.Status422UnprocessableEntity, "explainer.unsupported", detail);

    public static Error BackgroundInvalid(string detail) =>
        new(StatusCodes.Status400BadRequest, "explainer.background_invalid", detail);

    public static Error NoBackground() => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.no_background",
        "The version has no reference rows to explain against: send 'background' rows, or upload the version with a reference dataset.");
}
