namespace Platform.Hosting.Work;

/// <summary>What a sweeper needs of its kind of work.</summary>
public sealed record WorkParts<T>(WorkStore<T> Store, WorkProcesses<T> Processes, RunningWork<T> Running, WorkRoom<T> Room, WorkSettings<T> Settings)
    where T : WorkRecord;
