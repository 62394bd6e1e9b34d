using Platform.Contracts.Registry;

namespace Platform.Registry.Gates;

/// <summary>What the process that tries a version out is told.</summary>
/// <param name="Path">The model file.</param>
/// <param name="Signature">What was read from it when it was uploaded.</param>
/// <param name="RowPolicy">What the version's author says of rows that share a run; null where nothing.</param>
/// <param name="Rows">The file of its reference rows, JSON lines of <see cref="ReferenceRow"/>; null where it has none.</param>
/// <param name="BatchSize">Reference rows that are run at once, where the model takes several.</param>
internal sealed record TrialRequest(string Path, ModelSignature Signature, string? RowPolicy, string? Rows, int BatchSize);

/// <summary>What it says once the file is loaded.</summary>
/// <param name="Provider">Where it runs.</param>
/// <param name="Milliseconds">How long loading took.</param>
internal sealed record TrialLoaded(string Provider, double Milliseconds);

/// <summary>What it says at its end.</summary>
/// <param name="Answers">How the version did on its reference rows; null where it has none.</param>
/// <param name="Remark">What a person should know of how its rows are run; null where there is nothing.</param>
internal sealed record TrialResult(ReferenceAnswers? Answers, string? Remark);
