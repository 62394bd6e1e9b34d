using Platform.Contracts.Inference;

namespace Platform.Hosting.PredictionLog;

/// <summary>The reading side of the prediction log. A consumer keeps its position with its own state, in the same document batch.</summary>
public interface IPredictionLogReader
{
    /// <summary>
    /// Committed records after <paramref name="after"/> in order, in batches of what is there; waits at the end and never ends by
    /// itself. <paramref name="consumer"/> names the reader in metrics and in the log's retention.
    /// </summary>
    IAsyncEnumerable<PredictionLogBatch> ReadAsync(string consumer, LogPosition after, CancellationToken cancellationToken);

    /// <summary>The record that lies at <paramref name="at"/> (an entry's own position), or null when it is no longer kept.</summary>
    ValueTask<PredictionLogged?> FindAsync(LogPosition at, CancellationToken cancellationToken);

    /// <summary>Tells the log that <paramref name="consumer"/> has stored everything up to <paramref name="position"/>.</summary>
    void Acknowledge(string consumer, LogPosition position);

    /// <summary>Whether nothing lies behind a position now; null where that cannot be told without reading.</summary>
    bool? IsEnd(LogPosition position) => null;
}

/// <summary>A place in the prediction log; opaque to readers.</summary>
/// <param name="Token">The log's own notation; empty for the beginning.</param>
public readonly record struct LogPosition(string Token)
{
    /// <summary>Before the oldest record that is kept.</summary>
    public static LogPosition Beginning { get; } = new("");
}

/// <summary>Consecutive records.</summary>
/// <param name="Entries">The records, at least one.</param>
/// <param name="Next">Pass as <c>after</c> to go on behind them.</param>
public sealed record PredictionLogBatch(IReadOnlyList<PredictionLogEntry> Entries, LogPosition Next);
