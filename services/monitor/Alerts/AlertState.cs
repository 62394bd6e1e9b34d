namespace Platform.Monitor.Alerts;

/// <summary>Where an alert stands.</summary>
internal static class AlertState
{
    /// <summary>Raised, and nobody has seen to it.</summary>
    public const string Active = "active";

    /// <summary>Somebody sees to it.</summary>
    public const string Acknowledged = "acknowledged";

    /// <summary>Nobody wants to hear of it for a while.</summary>
    public const string Silenced = "silenced";

    /// <summary>Over; a new breach raises a new alert.</summary>
    public const string Resolved = "resolved";

    public static readonly string[] All = [Active, Acknowledged, Silenced, Resolved];
}
