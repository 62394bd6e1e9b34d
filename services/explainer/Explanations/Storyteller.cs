using System.Globalization;
using System.Text.Json;
using Platform.Explainer.Showing;
using Platform.Explainer.Wording;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Explanations;

/// <summary>Takes from an explanation what is told of one row and one number.</summary>
internal static class Storyteller
{
    private const int LongestNumber = 10;

    /// <summary>The story of a row; of the class with that name or at that place, or of the one with the largest prediction.</summary>
    public static Result<Story> Tell(Explanation explanation, int row, string? wanted)
    {
        if (row < 0 || row >= explanation.Rows.Count) return ShowingErrors.RowUnknown(row, explanation.Rows.Count);
        return Find(explanation, explanation.Rows[row], wanted) is { } output
            ? Tell(explanation, explanation.Rows[row], output)
            : ShowingErrors.ClassUnknown(wanted!, explanation.OutputNames);
    }

    private static int? Find(Explanation explanation, ExplanationRow row, string? wanted)
    {
        var outputs = explanation.OutputNames;
        if (wanted is null) return Enumerable.Range(0, outputs.Count).MaxBy(output => row.Prediction[output]);
        for (var output = 0; output < outputs.Count; output++)
        {
            if (outputs[output] == wanted) return output;
        }

        return int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < outputs.Count ? place : null;
    }

    private static Story Tell(Explanation explanation, ExplanationRow row, int output) => new()
    {
        Model = explanation.Model,
        Version = explanation.Version,
        Output = explanation.OutputNames[output],
        Method = explanation.Method,
        Prediction = row.Prediction[output],
        Base = row.Base[output],
        Parts = [.. row.Attributions.Select((shares, feature) => Part(explanation, row, feature, shares[output], output))],
        Fit = row.LocalFit?.RSquared[output],
        BackgroundSource = explanation.Background.Source,
        BackgroundRows = explanation.Background.Rows,
        Shape = explanation.Shape,
        IsText = row.Features is not null,
    };

    private static StoryPart Part(Explanation explanation, ExplanationRow row, int feature, double share, int output)
    {
        var name = (row.Features ?? explanation.Features)[feature];
        var error = row.StandardErrors?[feature][output];
        if (row.Values is not { } values) return new StoryPart(name, null, share, error);
        var number = values[feature].ValueKind == JsonValueKind.Number ? values[feature].GetDouble() : double.NaN;
        return new StoryPart(name, Read(values[feature]), share, error) { Number = number };
    }

    /// <summary>A value as it reads; empty where it is missing.</summary>
    public static string Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        _ when value.GetRawText() is { Length: <= LongestNumber } text && !text.Contains('E', StringComparison.OrdinalIgnoreCase) => text.Replace('-', '\u2212'),
        _ => ShortNumbers.Short(value.GetDouble()),
    };
}
