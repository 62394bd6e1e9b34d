namespace Platform.Monitor.Alerts;

/// <summary>What a person says who acknowledges or resolves an alert; the body may be left out.</summary>
internal sealed record AlertNote
{
    /// <summary>Why, for the record.</summary>
    public string? Note { get; init; }
}

/// <summary>For how long nobody wants to hear of an alert; the body may be left out.</summary>
internal sealed record AlertSilence
{
    /// <summary>When the silence ends (RFC 3339, with its zone); when absent, with the alert.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why, for the record.</summary>
    public string? Note { get; init; }
}

/// <summary>A page of alerts, the latest first.</summary>
internal sealed record AlertPage(IReadOnlyList<Alert> Items, string? Next);

/// <summary>All rules, in the order of their ids.</summary>
internal sealed record RulePage(IReadOnlyList<AlertRule> Items, string? Next);
