using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;

namespace Platform.Hosting.PredictionLog.Index;

/// <summary>Finds a logged prediction by its id, or one row of it by <c>id:row</c>, rows counted from 0.</summary>
public sealed class PredictionLookup(
    PredictionIndex index, IPredictionLogReader log, IOptions<PredictionIndexOptions> options, TimeProvider time)
{
    /// <summary>
    /// Reads a prediction. One that has been answered may not be readable yet, so an unknown id is waited for a moment before it is not
    /// found.
    /// </summary>
    public async Task<LookedUp> FindAsync(string predictionId, CancellationToken cancellationToken)
    {
        var located = await index.WaitAsync(() => Locate(predictionId), options.Value.PredictionPatience, time, cancellationToken);
        return await ReadAsync(located, cancellationToken);
    }

    /// <summary>The same without waiting, of a prediction that must have been read long ago.</summary>
    public Task<LookedUp> FindKnownAsync(string predictionId, CancellationToken cancellationToken) => ReadAsync(Locate(predictionId), cancellationToken);

    /// <summary>
    /// The record of a prediction that lies at <paramref name="at"/>; null when it is no longer kept. Throws <see cref="IOException"/> while the
    /// log does not answer, and <see cref="JsonException"/> where a member of the record has the wrong type.
    /// </summary>
    public async ValueTask<PredictionLogged?> ReadAsync(string id, LogPosition at, CancellationToken cancellationToken) =>
        await log.FindAsync(at, cancellationToken) is { } record && record.Id == id ? record : null; // another one where damage was mended

    private async Task<LookedUp> ReadAsync(Located? located, CancellationToken cancellationToken)
    {
        if (located is null)
            return new(index.IsBuilt ? LookupState.Unknown : LookupState.Indexing, null, null);
        try
        {
            return await ReadAsync(located.Id, located.Position, cancellationToken) is { } record
                ? new(LookupState.Found, record, located.Row)
                : new(LookupState.Dropped, null, null);
        }
        catch (IOException)
        {
            return new(LookupState.LogAway, null, null);
        }
        catch (JsonException)
        {
            return new(LookupState.Unreadable, null, null);
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

    private sealed record Located(LogPosition Position, string Id, int? Row);
}

/// <summary>What has become of a look-up.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Record">The record; null unless it was found.</param>
/// <param name="Row">The row that the id names; null for the request as a whole. The record may have fewer rows.</param>
public sealed record LookedUp(LookupState State, PredictionLogged? Record, int? Row);

/// <summary>How a look-up ended.</summary>
public enum LookupState
{
    /// <summary>The record is there.</summary>
    Found,

    /// <summary>No such prediction is among the last ones.</summary>
    Unknown,

    /// <summary>It is not known, but the log is still being read since the start of the process.</summary>
    Indexing,

    /// <summary>It is known, but its record is no longer kept.</summary>
    Dropped,

    /// <summary>The log does not answer.</summary>
    LogAway,

    /// <summary>Its record is not as a record is: somebody else has written it.</summary>
    Unreadable,
}
