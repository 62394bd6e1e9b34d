namespace Platform.Hosting.PredictionLog;

/// <summary>Present in a process that writes the log.</summary>
internal sealed class WritesLog;
