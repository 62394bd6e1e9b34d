namespace Platform.Hosting.PredictionLog.Index;

/// <summary>For whom the index of a process is kept; of several services in one process for the one that was added last.</summary>
/// <param name="Service">The service in whose documents the place to rebuild from is stored.</param>
/// <param name="Consumer">Its reader's name in metrics and in the log's retention.</param>
internal sealed record IndexReader(string Service, string Consumer);
