using System.ComponentModel.DataAnnotations;
using Platform.Hosting.OpenApi;

namespace Platform.Monitor.Alerts;

/// <summary>When the windows of a version are an alert.</summary>
internal sealed record AlertRule
{
    public const string Above = "above";
    public const string Below = "below";
    public const string Rollback = "rollback";
    public const double DefaultProtectionMinutes = 60;

    public static readonly string[] Operators = [Above, Below];
    public static readonly string[] Severities = ["info", "warning", "critical"];

    public required string Id { get; init; }

    /// <summary>What it is for, for a person.</summary>
    public string? Description { get; init; }

    /// <summary>The model that it watches; null for all of them.</summary>
    public string? Model { get; init; }

    /// <summary>A signal of a window, for example <c>drift.driftedShare</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>above or below: where the signal must lie to breach the rule.</summary>
    [OneOf(typeof(AlertRule), nameof(Operators))]
    public string Operator { get; init; } = Above;

    public double Threshold { get; init; }

    /// <summary>info, warning or critical.</summary>
    [OneOf(typeof(AlertRule), nameof(Severities))]
    public string Severity { get; init; } = "warning";

    /// <summary>So many breached windows raise the alert …</summary>
    public int Breached { get; init; } = 2;

    /// <summary>… among so many latest ones.</summary>
    public int Of { get; init; } = 3;

    /// <summary>So many clean windows in a row resolve it.</summary>
    public int ResolveAfter { get; init; } = 3;

    /// <summary>What is done when an alert is raised: rollback, or null for nothing.</summary>
    [AllowedValues(Rollback, null)]
    public string? Action { get; init; }

    /// <summary>For how many minutes after its promotion a version is rolled back; null without an action.</summary>
    public double? ProtectionMinutes { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Whether it came with the platform; set anew it overrides, deleted it comes back.</summary>
    public bool BuiltIn { get; init; }

    public bool Watches(string model) => Enabled && (Model is null || Model == model);

    public bool IsBreachedBy(double value) => Operator == Above ? value > Threshold : value < Threshold;
}
