using System.Text.Json;
using Platform.Hosting.Errors;
using Platform.Monitor.Baselines;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Feedback;

/// <summary>Says what is wrong with feedback before anything is done with it.</summary>
internal static class FeedbackReader
{
    private const int MostAttributions = 100;

    /// <summary>The error; null where all is well.</summary>
    public static Error? Check(FeedbackRequest request, Baseline baseline)
    {
        var errors = new FieldErrors();
        if (request.Verdict is null || !Verdict.All.Contains(request.Verdict))
            errors.Add("verdict", $"Must be one of {string.Join(", ", Verdict.All)}.");
        errors.CheckText("comment", request.Comment);
        if (request.Attributions?.Count > MostAttributions)
            errors.Add("attributions", $"At most {MostAttributions} go into one feedback; these are {request.Attributions.Count}.");
        else
            CheckAttributions(request.Attributions ?? [], baseline, errors);
        return errors.Any ? errors.ToError() : null;
    }

    /// <summary>Whether it says what would have been right.</summary>
    public static bool HasLabel(FeedbackRequest request) => request.Label is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) };

    private static void CheckAttributions(IReadOnlyList<AttributionComment?> attributions, Baseline baseline, FieldErrors errors)
    {
        var known = baseline.Description.Metadata.Features?.Select(feature => feature.Name).ToHashSet(StringComparer.Ordinal);
        for (var at = 0; at < attributions.Count; at++)
        {
            var (feature, comment) = (attributions[at]?.Feature, attributions[at]?.Comment);
            if (string.IsNullOrEmpty(feature))
                errors.Add($"attributions[{at}].feature", "The name of a feature is needed.");
            else if (known?.Contains(feature) == false)
                errors.Add($"attributions[{at}].feature", $"'{feature}' is no feature of {baseline.Key}.");
            if (string.IsNullOrEmpty(comment))
                errors.Add($"attributions[{at}].comment", "A text is needed.");
            errors.CheckText($"attributions[{at}].comment", comment);
        }
    }
}
