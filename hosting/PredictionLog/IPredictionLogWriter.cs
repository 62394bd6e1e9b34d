using Platform.Hosting.PredictionLog.Packing;

namespace Platform.Hosting.PredictionLog;

/// <summary>The writing side of the prediction log. Appending costs microseconds and never waits for a broker.</summary>
public interface IPredictionLogWriter
{
    /// <summary>
    /// Appends one <see cref="Platform.Contracts.Inference.PredictionLogged"/>, as UTF-8 JSON or packed (<see cref="PackedRecord"/>). It is
    /// durable after the next commit; a crash loses at most what was appended since the last one.
    /// </summary>
    /// <exception cref="IOException">The disk refuses records, and the log's memory is full of those that wait for it.</exception>
    void Append(ReadOnlySpan<byte> record);

    /// <summary>Brings all that was appended so far to the disk, and waits for that.</summary>
    /// <exception cref="IOException">The disk refuses it at present.</exception>
    ValueTask DurableAsync(CancellationToken cancellationToken);
}
