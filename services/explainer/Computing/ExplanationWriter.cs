using Platform.Explainer.Attribution;
using Platform.Explainer.Explanations;

namespace Platform.Explainer.Computing;

/// <summary>Puts results into the form of the answer.</summary>
internal static class ExplanationWriter
{
    public static Explanation Write(Question question, BegunGames begun, string method, IReadOnlyList<AttributionResult> results) => new()
    {
        Method = method,
        Model = question.Version.Model,
        Version = question.Version.Version,
        PredictionId = question.Request.PredictionId,
        Output = question.Output,
        Features = begun.IsText && begun.Features.Count > 1 ? [] : begun.Features[0],
        OutputNames = begun.OutputNames,
        Rows = [.. results.Select((result, row) => Write(result, begun.IsText ? begun.Features[row] : null))],
        Background = begun.Background,
        Evaluations = begun.Background.Rows + results.Sum(result => result.Evaluations),
        Seed = question.Seed,
    };

    private static ExplanationRow Write(AttributionResult result, IReadOnlyList<string>? features) => new()
    {
        Prediction = result.Prediction,
        Base = result.Base,
        Attributions = [.. result.Values.Chunk(result.Base.Length)],
        StandardErrors = result.StandardErrors is null ? null : [.. result.StandardErrors.Chunk(result.Base.Length)],
        Residual = result.Residual.MaxBy(Math.Abs),
        Features = features,
    };
}
