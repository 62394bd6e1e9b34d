using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Platform.Monitor.Requests;

namespace Platform.Monitor.BusinessOutcomes;

/// <summary>What came of a prediction for the business.</summary>
internal sealed record OutcomeItem
{
    /// <summary>The prediction's id; of a request with several rows id:row, with the rows counted from 0. The only row is id or id:0.</summary>
    [Required]
    public string? PredictionId { get; init; }

    /// <summary>What came of it, as conversion or revenue: a letter and at most 63 more letters, digits, '.', '_' and '-'.</summary>
    [Required]
    public string? Name { get; init; }

    /// <summary>How much of that: 0 or 1 for a yes or no, or a number between -1e9 and 1e9. More is better.</summary>
    [Required]
    public double? Value { get; init; }

    /// <summary>When it came about (RFC 3339, with its zone); now when absent. Of several of a name that wait for their row the earliest counts.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>One outcome or a list of them.</summary>
[JsonConverter(typeof(OneOrMany))]
internal sealed record OutcomesRequest(IReadOnlyList<OutcomeItem?> Items)
{
    private sealed class OneOrMany() : OneOrMany<OutcomesRequest, OutcomeItem>(items => new(items), request => request.Items);
}
