namespace Platform.Hosting.Work;

/// <summary>How one kind of work is done; a service registers it from its options.</summary>
/// <param name="Processes">The collection of the processes that do it.</param>
/// <param name="Concurrency">Pieces that a process is at, at a time.</param>
/// <param name="MaxAttempts">Times that one is begun, over all processes, before it is given up.</param>
/// <param name="Timeout">A process that has not been heard of for this long has died, and what it was at is begun anew. It is heard of three times within.</param>
/// <param name="SweepInterval">How often a process looks for what was lost, and for what is no longer kept.</param>
public sealed record WorkSettings<T>(string Processes, int Concurrency, int MaxAttempts, TimeSpan Timeout, TimeSpan SweepInterval) where T : WorkRecord;
