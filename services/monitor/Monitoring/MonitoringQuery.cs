using Microsoft.AspNetCore.Mvc;

namespace Platform.Monitor.Monitoring;

/// <summary>Which windows of which version.</summary>
internal sealed record MonitoringQuery
{
    /// <summary>A number or an alias; the champion when absent.</summary>
    [FromQuery(Name = "version")]
    public string? Version { get; init; }

    /// <summary>Only windows that end after this (RFC 3339, with its zone); from the first one when absent or empty.</summary>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>Only windows that begin before this (RFC 3339, with its zone); up to the latest when absent or empty.</summary>
    [FromQuery(Name = "to")]
    public string? To { get; init; }

    /// <summary>At most so many, the latest; 100 when absent.</summary>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <summary>Only windows before the one that an earlier answer gave as next.</summary>
    [FromQuery(Name = "after")]
    public long? After { get; init; }
}
