namespace Platform.Inference.Scoring;

/// <summary>Rows that are asked together.</summary>
/// <param name="Rows">Those of which nothing has come yet, at least one.</param>
/// <param name="IsWhole">Whether they are all of the batch: a process may have died behind its first rows.</param>
internal sealed record ScoringBatch(IReadOnlyList<ScoredRow> Rows, bool IsWhole);
