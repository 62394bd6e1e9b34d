using System.Text.Json.Nodes;

namespace Platform.Client.Monitoring;

/// <summary>What came of a prediction for the business. A row's first value of a name stands.</summary>
/// <param name="PredictionId">The prediction; <c>id:row</c> for one row of its request.</param>
/// <param name="Name">What came of it: <c>conversion</c>, <c>revenue</c>.</param>
/// <param name="Value">How much of that; more is better. 0 once nothing is to be expected any more.</param>
/// <param name="At">When it came about; now when absent.</param>
public sealed record Outcome(string PredictionId, string Name, double Value, DateTimeOffset? At = null)
{
    internal JsonNode ToJson()
    {
        var outcome = new JsonObject { ["predictionId"] = PredictionId, ["name"] = Name, ["value"] = Value };
        if (At is { } at) outcome["at"] = at;
        return outcome;
    }
}

/// <summary>What became of outcomes.</summary>
/// <param name="Accepted">Outcomes of predictions that are known.</param>
/// <param name="Unknown">Outcomes of predictions that are not, or not yet; they are kept for a while.</param>
/// <param name="Hint">What is wrong with those that name a request of several rows and none of them; null where none does.</param>
public sealed record OutcomeReceipt(int Accepted, int Unknown, string? Hint = null);
