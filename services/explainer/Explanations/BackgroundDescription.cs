using System.ComponentModel.DataAnnotations;

namespace Platform.Explainer.Explanations;

/// <summary>What an explanation compares with.</summary>
internal sealed record BackgroundDescription
{
    /// <summary>request, reference, or masked_text (the text with every word left out).</summary>
    [AllowedValues("request", "reference", "masked_text")]
    public string Source { get; init; } = "";

    /// <summary>Number of rows.</summary>
    public int Rows { get; init; }
}
