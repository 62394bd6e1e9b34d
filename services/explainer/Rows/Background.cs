namespace Platform.Explainer.Rows;

/// <summary>The rows that an explanation compares with, not evaluated yet.</summary>
/// <param name="Source">Where they come from, as the answer says it.</param>
/// <param name="Cells">Row-major [rows, features].</param>
internal sealed record Background(string Source, double[] Cells)
{
    public const string OfRequest = "request";
    public const string OfReference = "reference";
    public const string MaskedText = "masked_text";
}
