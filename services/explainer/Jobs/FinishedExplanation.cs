using System.Globalization;

namespace Platform.Explainer.Jobs;

/// <summary>
/// Which explanations go next: documents whose ids sort by the moment, so that the oldest stand first. Those of the explanations
/// do not always: senders of commands choose theirs.
/// </summary>
/// <param name="Explanation">The explanation's id.</param>
/// <param name="At">When it was finished (UTC).</param>
internal sealed record FinishedExplanation(string Explanation, DateTimeOffset At)
{
    public const string Collection = "finished-explanations";

    public static string IdOf(string explanation, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks:D19}-{explanation}");
}
