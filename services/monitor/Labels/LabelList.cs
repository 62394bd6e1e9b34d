using Platform.Hosting.Errors;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Labels;

/// <summary>Makes labels of a request, or says what is wrong with it.</summary>
internal static class LabelList
{
    private const int LongestText = 256;

    public static Result<IReadOnlyList<HeldLabel>> Read(string model, GroundTruthRequest request, LabelOrigin origin, int most, DateTimeOffset now)
    {
        var errors = new FieldErrors();
        if (request.Items.Count > most)
            errors.Add("body", $"At most {most} labels go into one request; these are {request.Items.Count}.");

        var labels = new List<HeldLabel>(Math.Min(most, request.Items.Count));
        for (var at = 0; at < request.Items.Count && !errors.IsFull; at++)
        {
            if (Read(model, request.Items[at], $"[{at}]", now, errors) is { } label)
                labels.Add(label with { Origin = origin });
        }

        return errors.Any ? errors.ToError() : labels;
    }

    private static HeldLabel? Read(string model, GroundTruthItem? item, string field, DateTimeOffset now, FieldErrors errors)
    {
        if (item?.PredictionId is not { Length: > 0 and <= LongestText } id)
            errors.Add($"{field}.predictionId", $"A text of 1 to {LongestText} characters is needed.");
        else if (!Scalar.TryRead(item.Label, out var label) || label is not { Length: > 0 and <= LongestText })
            errors.Add($"{field}.label", $"A number, a boolean or a text of 1 to {LongestText} characters is needed.");
        else
            return new(model, id, label, item.At ?? now, now);
        return null;
    }
}
