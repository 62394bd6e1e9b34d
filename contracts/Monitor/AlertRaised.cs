namespace Platform.Contracts.Monitor;

/// <summary>Sent by monitor once a rule has been breached for as many windows as it asks.</summary>
public sealed record AlertRaised : IEvent
{
    /// <summary>The alert's id.</summary>
    public string AlertId { get; init; } = "";

    /// <summary>The rule's id.</summary>
    public string RuleId { get; init; } = "";

    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>info, warning or critical.</summary>
    public string Severity { get; init; } = "warning";

    /// <summary>What happened, for a person.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What the rule asks to be done about it: rollback, or null for nothing; another value asks for what this reader does not know.</summary>
    public string? Action { get; init; }

    /// <summary>For how many minutes after the promotion of the version the action is meant; 0 where there is none.</summary>
    public double ProtectionMinutes { get; init; }

    /// <summary>When it was raised (UTC).</summary>
    public DateTimeOffset At { get; init; }
}
