using System.Text.Json.Nodes;

namespace Platform.Client.Monitoring;

/// <summary>When the windows of a version are an alert. What is left out is as in the default rules.</summary>
public sealed record AlertRule
{
    /// <summary>Its id; of a default one where that is to be overridden.</summary>
    public required string Id { get; init; }

    /// <summary>A signal of a window: drift.driftedShare, performance.accuracy, quality.worstShare.</summary>
    public required string Metric { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>The model that it watches; all of them when absent.</summary>
    public string? Model { get; init; }

    /// <summary>above, which is the default, or below.</summary>
    public string? Operator { get; init; }

    /// <summary>Where the breach begins; 0 when absent.</summary>
    public double? Threshold { get; init; }

    /// <summary>info, warning, which is the default, or critical.</summary>
    public string? Severity { get; init; }

    /// <summary>So many breached windows raise an alert, 2 when absent …</summary>
    public int? Breached { get; init; }

    /// <summary>… among so many latest ones, 3 when absent.</summary>
    public int? Of { get; init; }

    /// <summary>So many clean windows in a row resolve it; 3 when absent.</summary>
    public int? ResolveAfter { get; init; }

    /// <summary>rollback, to give an alias back the version that it had before; nothing when absent.</summary>
    public string? Action { get; init; }

    /// <summary>Of a rollback, for how many minutes after a promotion; 60 when absent.</summary>
    public double? ProtectionMinutes { get; init; }

    /// <summary>Whether it holds; true when absent.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Whether it came with the platform; not sent.</summary>
    public bool? BuiltIn { get; init; }

    internal JsonObject Body()
    {
        var body = new JsonObject { ["metric"] = Metric };
        foreach (var (name, value) in new (string, JsonNode?)[]
        {
            ("description", Description), ("model", Model), ("operator", Operator), ("threshold", Threshold), ("severity", Severity), ("breached", Breached),
            ("of", Of), ("resolveAfter", ResolveAfter), ("action", Action), ("protectionMinutes", ProtectionMinutes), ("enabled", Enabled),
        })
            if (value is not null) body[name] = value;
        return body;
    }
}
