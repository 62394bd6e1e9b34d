using Platform.Contracts.Registry;

namespace Platform.Registry.Gates;

/// <summary>What the process that tries a version out is told.</summary>
/// <param name="Path">The model file.</param>
/// <param name="Signature">What was read from it when it was uploaded.</param>
/// <param name="RowPolicy">What the version's author says of rows that share a run; null where nothing.</param>
/// <param name="Rows">The file of its reference rows, JSON lines of <see cref="ReferenceRow"/>; null where it has none.</param>
/// <param name="BatchSize">Reference rows that are run at once, where the model takes several.</param>
/// <param name="TimedCalls">How many calls of a single row are timed.</param>
internal sealed record TrialRequest(string Path, ModelSignature Signature, string? RowPolicy, string? Rows, int BatchSize, int TimedCalls = 0);

/// <summary>What it says once the file is loaded.</summary>
/// <param name="Provider">Where it runs.</param>
/// <param name="Milliseconds">How long loading took.</param>
internal sealed record TrialLoaded(string Provider, double Milliseconds);

/// <summary>What it says at its end.</summary>
/// <param name="Answers">How the version did on its reference rows; null where it has none.</param>
/// <param name="Remark">What a person should know of how its rows are run; null where there is nothing.</param>
/// <param name="Latency">How long single rows took; null where none was timed.</param>
internal sealed record TrialResult(ReferenceAnswers? Answers, string? Remark, TrialLatency? Latency = null);

/// <summary>How long calls of a single row took.</summary>
/// <param name="Calls">How many were timed.</param>
/// <param name="P50Milliseconds">Half of them were at least this fast.</param>
/// <param name="P99Milliseconds">99 of 100 were.</param>
internal sealed record TrialLatency(int Calls, double P50Milliseconds, double P99Milliseconds);

/// <summary>The rows that a version is asked.</summary>
/// <param name="Path">The file of them, JSON lines of <see cref="ReferenceRow"/>; null where it is lost.</param>
/// <param name="Count">How many there are.</param>
internal sealed record TrialRows(string? Path, int Count);
