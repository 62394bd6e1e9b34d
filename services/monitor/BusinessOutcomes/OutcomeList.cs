using System.Text.RegularExpressions;
using Platform.Hosting.Errors;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Requests;

namespace Platform.Monitor.BusinessOutcomes;

/// <summary>Makes outcomes of a request, or says what is wrong with it.</summary>
internal static partial class OutcomeList
{
    private const int LongestId = 256;

    // Squares of such values still add up to the last digits that matter.
    private const double LargestValue = 1e9;

    public static Result<IReadOnlyList<HeldOutcome>> Read(string model, OutcomesRequest request, int most, DateTimeOffset now)
    {
        var errors = new FieldErrors();
        if (request.Items.Count > most)
            errors.Add("body", $"At most {most} outcomes go into one request; these are {request.Items.Count}.");

        var outcomes = new List<HeldOutcome>(Math.Min(most, request.Items.Count));
        for (var at = 0; at < request.Items.Count && !errors.IsFull; at++)
        {
            if (Read(model, request.Items[at], $"[{at}]", now, errors) is { } outcome)
                outcomes.Add(outcome);
        }

        return errors.Any ? errors.ToError() : outcomes;
    }

    private static HeldOutcome? Read(string model, OutcomeItem? item, string field, DateTimeOffset now, FieldErrors errors)
    {
        if (item?.PredictionId is not { Length: > 0 and <= LongestId } id)
            errors.Add($"{field}.predictionId", $"A text of 1 to {LongestId} characters is needed.");
        else if (item.Name is not { } name || !Name().IsMatch(name))
            errors.Add($"{field}.name", "A letter and at most 63 more letters, digits, '.', '_' and '-' are needed.");
        else if (item.Value is not { } value || !(Math.Abs(value) <= LargestValue))
            errors.Add($"{field}.value", $"A number between -{LargestValue:0} and {LargestValue:0} is needed.");
        else
            return new(model, id, name, value, item.At ?? now, now);
        return null;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9._-]{0,63}$(?!\n)")]
    private static partial Regex Name();
}
