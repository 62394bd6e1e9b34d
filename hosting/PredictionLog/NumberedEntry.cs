namespace Platform.Hosting.PredictionLog;

/// <summary>A record with its number in the local log.</summary>
internal readonly record struct NumberedEntry(long Number, PredictionLogEntry Entry);

/// <summary>Consecutive records of the local log, and where they end.</summary>
internal readonly record struct NumberedBatch(IReadOnlyList<NumberedEntry> Entries, long NextAddress);
