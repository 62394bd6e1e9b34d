using System.Text.Json.Nodes;

namespace Platform.Client.Monitoring;

/// <summary>A stretch of predictions that was compared with the reference.</summary>
/// <param name="From">When it began.</param>
/// <param name="To">When it was closed.</param>
/// <param name="Count">Its rows.</param>
/// <param name="Details">All of it: quality, drift, prediction, performance, fairness, …</param>
public sealed record MonitoringWindow(DateTimeOffset From, DateTimeOffset To, long Count, JsonObject Details);
