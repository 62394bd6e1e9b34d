using System.Globalization;
using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;
using Platform.Explainer.Rows;
using Platform.Explainer.Settings;
using Platform.Hosting.Errors;
using Platform.Hosting.PredictionLog;

namespace Platform.Explainer.Predictions;

/// <summary>Finds a logged prediction by its id, or one row of it by <c>id:row</c>, rows counted from 0.</summary>
internal sealed class PredictionFinder(
    PredictionIndex index, IPredictionLogReader log, IOptions<ExplainerOptions> options, TimeProvider time)
{
    /// <summary>
    /// Reads a prediction of the model. One that has been answered may not be readable yet, so an unknown id is waited for a
    /// moment before it is not found.
    /// </summary>
    public async Task<Result<LoggedPrediction>> FindAsync(string model, string predictionId, CancellationToken cancellationToken)
    {
        var located = await index.WaitAsync(() => Locate(predictionId), options.Value.PredictionPatience, time, cancellationToken);
        var (record, isAway) = located is null ? default : await ReadAsync(located.Position, cancellationToken);
        if (located is null && !index.IsBuilt)
            return PredictionErrors.Indexing(predictionId);
        if (isAway)
            return PredictionErrors.LogAway(predictionId);
        if (record is null || record.Subject != model || record.Id != located!.Id)
            return PredictionErrors.NotFound(model, predictionId);

        if (Check(record, located.Row) is { } error)
            return error;
        // The only row is all of it, also where the inputs have no dimension for rows.
        var row = record.Data.Rows == 1 ? null : located.Row;
        return new LoggedPrediction(record.Data.Version, [.. record.Data.Inputs.Select(GivenTensor.From)], row);
    }

    private async ValueTask<(PredictionLogged? Record, bool IsAway)> ReadAsync(LogPosition at, CancellationToken cancellationToken)
    {
        try
        {
            return (await log.FindAsync(at, cancellationToken), false);
        }
        catch (IOException)
        {
            return (null, true);
        }
    }

    /// <summary>An id may itself end like a row, so that what is known as a whole is taken as a whole.</summary>
    private Located? Locate(string predictionId)
    {
        if (index.Find(predictionId) is { } whole)
            return new Located(whole, predictionId, Row: null);
        var colon = predictionId.LastIndexOf(':');
        var number = predictionId.AsSpan(colon + 1);
        return colon > 0
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            && (number.Length == 1 || number[0] != '0') // one name for a row, as for labels
            && index.Find(predictionId[..colon]) is { } position
                ? new Located(position, predictionId[..colon], row)
                : null;
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

    private sealed record Located(LogPosition Position, string Id, int? Row);
}
