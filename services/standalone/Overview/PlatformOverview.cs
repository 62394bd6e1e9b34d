using Platform.Contracts.Registry;
using Platform.Hosting.Defaults;

namespace Platform.Standalone.Overview;

/// <summary>What the page shows.</summary>
/// <param name="Health">Whether every service is ready.</param>
/// <param name="Models">The models with their versions, by name.</param>
/// <param name="Alerts">The latest alerts, youngest first.</param>
/// <param name="Unavailable">The parts that could not be read, and why.</param>
internal sealed record PlatformOverview(
    Readiness Health, IReadOnlyList<ModelOverview> Models, IReadOnlyList<AlertOverview> Alerts, IReadOnlyList<string> Unavailable);

/// <summary>A model and its versions, the oldest first.</summary>
internal sealed record ModelOverview(string Name, string? Description, IReadOnlyList<ModelVersionDescription> Versions);

/// <summary>An alert as the monitor's API tells it.</summary>
internal sealed record AlertOverview(string Model, string Version, string State, string Severity, string Summary, DateTimeOffset? RaisedAt);
