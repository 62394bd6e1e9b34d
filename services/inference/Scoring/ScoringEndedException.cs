namespace Platform.Inference.Scoring;

/// <summary>Somebody else has ended the job, or taken it over.</summary>
internal sealed class ScoringEndedException() : Exception("The job is no longer this process's.");
