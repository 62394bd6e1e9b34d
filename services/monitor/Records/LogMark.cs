using System.Collections.Immutable;
using Platform.Hosting.PredictionLog;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Records;

/// <summary>
/// A place in the prediction log from which reading can begin again, and how many records of each version lie before it, so
/// that a reader who starts there knows which records it meets for the second time.
/// </summary>
/// <param name="Order">Grows along the log; only compared within a process.</param>
internal sealed record LogMark(LogPosition Position, ImmutableDictionary<VersionKey, long> Records, long Order)
{
    public static LogMark Beginning { get; } = new(LogPosition.Beginning, ImmutableDictionary<VersionKey, long>.Empty, 0);
}
