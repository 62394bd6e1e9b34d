using Platform.Contracts.Registry;
using Platform.Hosting.Management;

namespace Platform.Hosting.Overview;

/// <summary>What the page shows.</summary>
/// <param name="Health">Whether every service is ready.</param>
/// <param name="Models">The models with their versions, by name.</param>
/// <param name="Alerts">The latest alerts, youngest first.</param>
/// <param name="Replicas">The replicas behind the edge; none in one process.</param>
/// <param name="Unavailable">The parts that could not be read, and why.</param>
internal sealed record PlatformOverview(
    Readiness Health, IReadOnlyList<ModelOverview> Models, IReadOnlyList<AlertOverview> Alerts,
    IReadOnlyList<ReplicaOverview> Replicas, IReadOnlyList<string> Unavailable)
{
    /// <summary>Whether it is for who has not said who it is: there is only the health then.</summary>
    public bool IsForStrangers { get; init; }
    /// <summary>Whether health and metrics are at the page's own address.</summary>
    public bool HasManagement { get; init; } = true;
}

/// <summary>A model, its versions and the champion's latest windows, the oldest first.</summary>
internal sealed record ModelOverview(
    string Name, string? Description, IReadOnlyList<ModelVersionDescription> Versions, IReadOnlyList<WindowOverview> Windows);

/// <summary>What the monitor found in one window of predictions; null where it could not tell.</summary>
internal sealed record WindowOverview(DateTimeOffset To, int Count, double? DriftedShare, bool? Drifted, double? Accuracy, double? LatencyP95Ms);

/// <summary>An alert as the monitor's API tells it.</summary>
internal sealed record AlertOverview(string Model, string Version, string State, string Severity, string Summary, DateTimeOffset? RaisedAt);
