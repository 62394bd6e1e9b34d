using System.Text.Json.Nodes;

namespace Platform.Client.Monitoring;

/// <summary>What came of a prediction.</summary>
/// <param name="PredictionId">The prediction; <c>id:row</c> for one row of its request.</param>
/// <param name="Value">A class or a number: <c>"good"</c>, <c>3.2</c>.</param>
/// <param name="At">When it became known; now when absent.</param>
public sealed record Label(string PredictionId, JsonNode Value, DateTimeOffset? At = null)
{
    internal JsonNode ToJson()
    {
        var label = new JsonObject { ["predictionId"] = PredictionId, ["label"] = Value.DeepClone() };
        if (At is { } at) label["at"] = at;
        return label;
    }
}

/// <summary>What became of labels.</summary>
/// <param name="Accepted">Labels of predictions that are known.</param>
/// <param name="Unknown">Labels of predictions that are not, or not yet; they are kept for a while.</param>
public sealed record LabelReceipt(int Accepted, int Unknown);
