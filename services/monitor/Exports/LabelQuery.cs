using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Platform.Monitor.Exports;

/// <summary>Which labels.</summary>
internal sealed record LabelQuery : ExportQuery
{
    [FromQuery(Name = "source"), Description("Only labels that came this way: ground_truth, feedback or review.")]
    public string? Source { get; init; }
}
