using Platform.Hosting.OpenApi;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Alerts;

/// <summary>A rule that a version breaches. There is at most one open alert of a rule for a version.</summary>
internal sealed record Alert
{
    public required string Id { get; init; }

    public required string RuleId { get; init; }

    public required string Model { get; init; }

    public required string Version { get; init; }

    /// <summary>active, acknowledged, silenced or resolved.</summary>
    [OneOf(typeof(AlertState))]
    public required string State { get; init; }

    [OneOf(typeof(AlertRule), nameof(AlertRule.Severities))]
    public required string Severity { get; init; }

    /// <summary>What happened, for a person.</summary>
    public required string Summary { get; init; }

    public required string Metric { get; init; }

    /// <summary>The signal in the latest breached window.</summary>
    public double Value { get; init; }

    public double Threshold { get; init; }

    public DateTimeOffset RaisedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>When a silence ends; null while there is none, or one without an end.</summary>
    public DateTimeOffset? SilencedUntil { get; init; }

    /// <summary>The latest breached window's number.</summary>
    public long Window { get; init; }

    /// <summary>Breached windows since it was raised, those that raised it included.</summary>
    public int Breaches { get; init; }

    /// <summary>Who did what, and when; the latest fifty.</summary>
    public IReadOnlyList<AlertAction> History { get; init; } = [];

    public VersionKey VersionKey() => new(Model, Version);

    /// <summary>The alert after somebody, or the monitor, has moved it to a state.</summary>
    public Alert To(string state, string by, DateTimeOffset at, string? note = null) => this with
    {
        State = state,
        UpdatedAt = at,
        ResolvedAt = state == AlertState.Resolved ? at : null,
        SilencedUntil = null,
        History = [.. History.TakeLast(AlertAction.Most - 1), new(state, by, at, note)],
    };
}

/// <summary>A step of an alert.</summary>
/// <param name="State">The state that it came to.</param>
/// <param name="By">Who moved it there; "monitor" for the platform itself.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Note">Why, in their words.</param>
internal sealed record AlertAction([property: OneOf(typeof(AlertState))] string State, string By, DateTimeOffset At, string? Note)
{
    public const int Most = 50;
}
