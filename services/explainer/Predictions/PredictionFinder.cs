using Platform.Contracts.Inference;
using Platform.Explainer.Rows;
using Platform.Hosting.Errors;
using Platform.Hosting.PredictionLog.Index;

namespace Platform.Explainer.Predictions;

/// <summary>Finds a logged prediction that can be explained, by its id or by that of one of its rows.</summary>
internal sealed class PredictionFinder(PredictionLookup predictions)
{
    /// <summary>Reads a prediction of the model.</summary>
    public async Task<Result<LoggedPrediction>> FindAsync(string model, string predictionId, CancellationToken cancellationToken)
    {
        var (state, record, asked) = await predictions.FindAsync(predictionId, cancellationToken);
        if (state == LookupState.Indexing)
            return PredictionErrors.Indexing(predictionId);
        if (state == LookupState.LogAway)
            return PredictionErrors.LogAway(predictionId);
        if (state == LookupState.Unreadable)
            return PredictionErrors.Unreadable(predictionId);
        if (record is null || record.Subject != model)
            return PredictionErrors.NotFound(model, predictionId);

        if (Check(record, asked) is { } error)
            return error;
        // The only row is all of it, also where the inputs have no dimension for rows.
        var row = record.Data.Rows == 1 ? null : asked;
        return new LoggedPrediction(record.Data.Version, [.. record.Data.Inputs.Select(GivenTensor.From)], row);
    }

    private static Error? Check(PredictionLogged record, int? row)
    {
        if (record.Data.Status != PredictionStatus.Succeeded)
            return PredictionErrors.NotSucceeded(record.Id, record.Data.Status);
        if (row >= record.Data.Rows)
            return PredictionErrors.NoSuchRow(record.Id, record.Data.Rows);
        return record.Data.Inputs.FirstOrDefault(input => input.Stride > 1) is { } sampled
            ? PredictionErrors.Sampled(record.Id, sampled.Name)
            : null;
    }
}
