namespace Platform.Explainer.Wording;

/// <summary>What one feature adds to the answer.</summary>
/// <param name="Name">The feature's name, or the piece of the text.</param>
/// <param name="Value">Its value as it reads; null where the name says it all, empty where it has none or it is hidden.</param>
/// <param name="Share">What it adds to the base.</param>
/// <param name="Error">One standard error of the share; null where there is no estimate.</param>
internal sealed record StoryPart(string Name, string? Value, double Share, double? Error)
{
    /// <summary>The value as a number; NaN where it is none.</summary>
    public double Number { get; init; } = double.NaN;

    /// <summary>Whether the share is more than chance: beyond two standard errors.</summary>
    public bool StandsOut => Share != 0 && !(Math.Abs(Share) < 2 * Error);
}
