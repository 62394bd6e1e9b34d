using Platform.Hosting.Errors;

namespace Platform.Explainer.Showing;

/// <summary>Why an explanation cannot be shown as asked.</summary>
internal static class ShowingErrors
{
    public static Error PictureUnknown(string picture, IEnumerable<string> known) => new(
        StatusCodes.Status400BadRequest, "explainer.picture_unknown", $"There is no picture '{picture}' of this; there are {string.Join(", ", known)}.");

    public static Error RowUnknown(int row, int rows) => new(
        StatusCodes.Status400BadRequest, "explainer.row_unknown",
        rows == 1 ? $"There is no row {row}; the only row is 0." : $"There is no row {row}; the rows are 0 to {rows - 1}.");

    public static Error ClassUnknown(string name, IEnumerable<string> known) => new(
        StatusCodes.Status400BadRequest, "explainer.class_unknown", $"The explanation has no class '{name}'; it has {string.Join(", ", known)}.");
}
