using System.Globalization;
using System.Text.Json;
using Platform.Explainer.Explanations;
using Platform.Explainer.Showing;
using Platform.Explainer.Wording;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Global;

/// <summary>Takes from an answer what is told of one curve and one number.</summary>
internal static class CurveStoryteller
{
    /// <summary>The story of the class with that name or at that place, or of the one that moves most.</summary>
    public static Result<CurveStory> Tell(DependenceAnswer answer, FeatureCurve curve, string? wanted) =>
        Find(answer, curve, wanted) is { } output ? Tell(answer, curve, output) : ShowingErrors.ClassUnknown(wanted!, answer.OutputNames);

    private static int? Find(DependenceAnswer answer, FeatureCurve curve, string? wanted)
    {
        var outputs = answer.OutputNames;
        if (wanted is null) return Enumerable.Range(0, outputs.Count).MaxBy(output => Move(curve, output));
        for (var output = 0; output < outputs.Count; output++)
        {
            if (outputs[output] == wanted) return output;
        }

        return int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < outputs.Count ? place : null;
    }

    private static double Move(FeatureCurve curve, int output) => curve.Values is { } values
        ? values.Max(point => point[output]) - values.Min(point => point[output])
        : curve.Lines!.Max(line => line.Values.Max(point => point[output]) - line.Values.Min(point => point[output]));

    private static CurveStory Tell(DependenceAnswer answer, FeatureCurve curve, int output)
    {
        double[]? Of(IReadOnlyList<double[]>? table) => table is null ? null : [.. table.Select(point => point[output])];
        return new CurveStory
        {
            Model = answer.Model,
            Version = answer.Version,
            Output = answer.OutputNames[output],
            Feature = curve.Feature,
            Kind = answer.Kind,
            Rows = answer.Rows,
            Points = [.. curve.Points.Select(Storyteller.Read).Select(point => point.Length == 0 ? "“”" : point)],
            Numbers = curve.Ordered ? [.. curve.Points.Select(point => point.GetDouble())] : null,
            Values = Of(curve.Values),
            Errors = Of(curve.StandardErrors),
            Low = Of(curve.Low),
            High = Of(curve.High),
            Lines = [.. (curve.Lines ?? []).Select(line => Of(line.Values)!)],
            Own = curve.Lines is [var only] ? Place(curve, only.At) : null,
        };
    }

    private static int? Place(FeatureCurve curve, JsonElement own)
    {
        for (var point = 0; point < curve.Points.Count; point++)
        {
            if (JsonElement.DeepEquals(curve.Points[point], own)) return point;
        }

        return null;
    }
}
