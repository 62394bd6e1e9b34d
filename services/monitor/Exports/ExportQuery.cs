using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Platform.Monitor.Exports;

/// <summary>What of a model is exported.</summary>
internal record ExportQuery
{
    public const int MostAtOnce = 10_000;

    [FromQuery(Name = "version"), Description("A number or an alias. Of predictions the version that serves when absent, of labels every one.")]
    public string? Version { get; init; }

    [FromQuery(Name = "from"), Description("Only what came in, or was labelled, then or later (RFC 3339, with its zone).")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("Only what came in, or was labelled, before this (RFC 3339, with its zone).")]
    public string? To { get; init; }

    [FromQuery(Name = "limit"), Description("At most so many requests or labels, 1 to 10000; 10000 when absent.")]
    public int? Limit { get; init; }

    [FromQuery(Name = "after"), Description("The x-next of the previous answer.")]
    public string? After { get; init; }
}
