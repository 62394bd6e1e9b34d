using Platform.Explainer.Explanations;
using Platform.Explainer.Predictions;
using Platform.Explainer.Rows;
using Platform.Explainer.Versions;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Computing;

/// <summary>Finds what a request asks to explain.</summary>
internal sealed class SubjectFinder(VersionLookup versions, PredictionFinder predictions)
{
    public async Task<Result<Subject>> FindAsync(string model, ExplanationRequest request, CancellationToken cancellationToken)
    {
        if (request.PredictionId is { } predictionId)
            return await FindPredictionAsync(model, predictionId, request.Version, cancellationToken);

        var version = await versions.FindAsync(model, request.Version, cancellationToken);
        return version.Succeeded(out var found, out var error)
            ? new Subject(found, [.. request.Inputs!.Select(GivenTensor.From)])
            : error;
    }

    private async Task<Result<Subject>> FindPredictionAsync(
        string model, string predictionId, string? wantedVersion, CancellationToken cancellationToken)
    {
        var prediction = await predictions.FindAsync(model, predictionId, cancellationToken);
        if (!prediction.Succeeded(out var logged, out var error))
            return error;

        var version = await versions.FindAsync(model, wantedVersion ?? logged.Version, cancellationToken);
        if (!version.Succeeded(out var found, out error))
            return error;
        // What was hidden in the log cannot be told from what was sent.
        return found.Metadata.Logging?.Redact is { Count: > 0 }
            ? PredictionErrors.Redacted(predictionId)
            : new Subject(found, logged.Of(found.Signature));
    }
}
