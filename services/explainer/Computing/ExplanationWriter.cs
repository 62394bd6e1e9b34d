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
        Shape = begun.IsText ? null : question.Instances.Layout.Shape,
        Rows = [.. begun.IsText ? TextRows(begun, results) : TabularRows(question, begun, results)],
        Background = begun.Background,
        Evaluations = begun.Background.Rows + results.Sum(result => result.Evaluations),
        Seed = question.Seed,
    };

    private static IEnumerable<ExplanationRow> TextRows(BegunGames begun, IReadOnlyList<AttributionResult> results) =>
        results.Select((result, row) => Write(result) with { Features = begun.Features[row] });

    private static IEnumerable<ExplanationRow> TabularRows(Question question, BegunGames begun, IReadOnlyList<AttributionResult> results)
    {
        var values = new RowValues(question.Instances, question.Version.Metadata, begun.Features[0]);
        return results.Select((result, row) => Write(result) with { Values = values.Of(row) });
    }

    private static ExplanationRow Write(AttributionResult result) => new()
    {
        Prediction = result.Prediction,
        Base = result.Base,
        Attributions = [.. result.Values.Chunk(result.Base.Length)],
        StandardErrors = result.StandardErrors is null ? null : [.. result.StandardErrors.Chunk(result.Base.Length)],
        Residual = result.Residual.MaxBy(Math.Abs),
        LocalFit = result.Fit is { } fit ? new LocalFit(fit.RSquared, fit.KernelWidth) : null,
    };
}
