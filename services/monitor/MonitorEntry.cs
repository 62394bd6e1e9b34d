namespace Platform.Monitor;

/// <summary>Names this assembly to a test host.</summary>
public sealed class MonitorEntry;
