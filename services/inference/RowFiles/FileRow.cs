namespace Platform.Inference.RowFiles;

/// <summary>A row of a file.</summary>
/// <param name="Number">Its place among the rows, from 0.</param>
/// <param name="Cells">
/// A cell for each column of the file: a <see cref="string"/> of a file that has nothing but texts, or a <see cref="System.Text.Json.JsonElement"/> as it
/// stands in the file; null where the file says that it is missing, or <see cref="Absent"/> where it says nothing of it. Empty where <paramref name="Problem"/>.
/// </param>
/// <param name="Bytes">About what it takes in the file.</param>
/// <param name="Problem">Why it cannot be read, a sentence; null where it can.</param>
internal sealed record FileRow(long Number, object?[] Cells, long Bytes, string? Problem = null)
{
    /// <summary>Rows are bounded: a quote or a brace that nobody closes would take all that follows for one.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Stands for a cell that is not there.</summary>
    public static object Absent { get; } = new();
}
