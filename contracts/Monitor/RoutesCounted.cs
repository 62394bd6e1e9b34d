namespace Platform.Contracts.Monitor;

/// <summary>
/// Sent by the monitor every few seconds while the requests of a model are divided among versions: how they have fared by version and
/// route. Counts only grow, from the first record that the monitor read: two messages are compared by their difference, and
/// one that is lost or comes twice changes nothing.
/// </summary>
public sealed record RoutesCounted : IEvent
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The counts, by version and route.</summary>
    public IReadOnlyList<RouteCount> Routes { get; init; } = [];

    /// <summary>When they were counted (UTC).</summary>
    public DateTimeOffset At { get; init; }
}
