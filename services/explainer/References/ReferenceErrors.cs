using Platform.Hosting.Errors;

namespace Platform.Explainer.References;

/// <summary>Why a version's reference rows do not do.</summary>
internal static class ReferenceErrors
{
    public static Error None() => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.no_background",
        "The version has no reference rows to measure on: upload the version with a reference dataset.");

    public static Error TooFew(int rows, int least) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.rows_too_few",
        $"The version has {rows} reference rows that can be used, and this takes at least {least}: upload the version with a larger reference dataset.");

    public static Error OneRow(int rows) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.row_count",
        $"The prediction has {rows} rows, and one is followed at a time; name it by id:row.");

    public static Error Text() => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.unsupported",
        "The model takes a text, whose words are no features that all rows have; explain single texts at /v1/models/{model}/explanations instead.");
}
