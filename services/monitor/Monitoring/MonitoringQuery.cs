using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Platform.Hosting.OpenApi;

namespace Platform.Monitor.Monitoring;

/// <summary>Which windows of which version.</summary>
internal sealed record MonitoringQuery
{
    /// <summary>A number or an alias; the champion when absent.</summary>
    [FromQuery(Name = "version"), Description("A number or an alias; the champion when absent.")]
    public string? Version { get; init; }

    /// <summary>Only windows that end after this (RFC 3339, with its zone); from the first one when absent or empty.</summary>
    [FromQuery(Name = "from"), Description("Only windows that end after this (RFC 3339, with its zone).")]
    public string? From { get; init; }

    /// <summary>Only windows that begin before this (RFC 3339, with its zone); up to the latest when absent or empty.</summary>
    [FromQuery(Name = "to"), Description("Only windows that begin before this (RFC 3339, with its zone).")]
    public string? To { get; init; }

    /// <summary>At most so many, the latest; when absent 20, or 100 with a detail.</summary>
    [FromQuery(Name = "limit"), Description("At most so many windows, the latest, 1 to 500; when absent 20, or 100 with a detail.")]
    public int? Limit { get; init; }

    /// <summary>Only windows before the one that an earlier answer gave as next.</summary>
    [FromQuery(Name = "after"), Description("Only windows before the one that an earlier answer gave as next.")]
    public long? After { get; init; }

    /// <summary>How much of each window is shown, a value of <see cref="MonitoringDetail"/>; when absent the newest as windows, and those before as summary.</summary>
    [FromQuery(Name = "detail"), OneOf(typeof(MonitoringDetail))]
    [Description("summary: a headline for each window, with the features that have drifted and the groups that are treated unfairly, and of the trends those that rise or fall. windows: every feature with the verdict of the deciding test, and every group. full: every test with its rule, and both distributions over the same bins. When absent as by summary, but the newest windows as by windows as long as they have few features and groups; else the newest has the verdict on every feature.")]
    public string? Detail { get; init; }
}
