using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Platform.Monitor.Search;

/// <summary>Which predictions.</summary>
internal sealed record SearchQuery
{
    [FromQuery(Name = "model"), Description("Only predictions of this model; of every model that the caller may observe when absent.")]
    public string? Model { get; init; }

    [FromQuery(Name = "version"), Description("A number or an alias; it needs a model. Every version when absent.")]
    public string? Version { get; init; }

    [FromQuery(Name = "from"), Description("Only predictions that came in then or later (RFC 3339, with its zone).")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("Only predictions that came in before this (RFC 3339, with its zone).")]
    public string? To { get; init; }

    [FromQuery(Name = "where"), Description("A filter over features and answers, such as age > 40 and class = 'bad'; it needs a model.")]
    public string? Where { get; init; }

    [FromQuery(Name = "limit"), Description("At most so many predictions, 1 to 500; 50 when absent.")]
    public int? Limit { get; init; }

    [FromQuery(Name = "after"), Description("The previous page's next.")]
    public string? After { get; init; }
}
