using Platform.Hosting.Errors;
using Platform.Hosting.PredictionLog.Index;

namespace Platform.Monitor.Lookup;

/// <summary>Finds a prediction by its id, or one row of it by <c>id:row</c>.</summary>
internal sealed class PredictionFinder(PredictionLookup predictions)
{
    /// <param name="id">The id.</param>
    /// <param name="deny">The refusal of a caller that may not know of a model's predictions, which comes before anything is told of one; else null.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<Result<FoundPrediction>> FindAsync(string id, Func<string, Error?> deny, CancellationToken cancellationToken)
    {
        var (state, record, row) = await predictions.FindAsync(id, cancellationToken);
        return state switch
        {
            LookupState.Found when deny(record!.Subject) is { } denied => denied,
            LookupState.Found when row >= record!.Data.Rows => LookupErrors.NoSuchRow(record.Id, record.Data.Rows),
            LookupState.Found => new FoundPrediction(record!, row),
            LookupState.Dropped => LookupErrors.Dropped(id),
            LookupState.Indexing => LookupErrors.Indexing(id),
            LookupState.LogAway => LookupErrors.LogAway(id),
            LookupState.Unreadable => LookupErrors.Unreadable(id),
            _ => LookupErrors.NotFound(id),
        };
    }

    /// <summary>The same of one that has been there for long; null where it is no longer, or the log does not answer.</summary>
    public async Task<FoundPrediction?> FindKnownAsync(string id, CancellationToken cancellationToken)
    {
        var (_, record, row) = await predictions.FindKnownAsync(id, cancellationToken);
        return record is null || row >= record.Data.Rows ? null : new FoundPrediction(record, row);
    }
}
