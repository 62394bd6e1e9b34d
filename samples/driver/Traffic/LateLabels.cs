using System.Text.Json.Nodes;

namespace Platform.SampleDriver.Traffic;

/// <summary>True labels on their way: known at once here, told to the platform only when they are due, as in life.</summary>
internal sealed class LateLabels(TimeSpan delay, int capacity)
{
    private readonly Queue<Label> _waiting = new();

    /// <summary>Keeps a label; the oldest is forgotten when there are too many, for the platform must be away for long then.</summary>
    public void Add(string predictionId, JsonNode label, DateTimeOffset now)
    {
        if (_waiting.Count == capacity) _waiting.Dequeue();
        _waiting.Enqueue(new Label(predictionId, label, now + delay));
    }

    /// <summary>How many are due.</summary>
    public int CountDue(DateTimeOffset now) => _waiting.TakeWhile(label => label.DueAt <= now).Count();

    /// <summary>The labels that are due, in the form of <c>POST /v1/models/{m}/ground-truth</c>.</summary>
    public JsonArray Due(DateTimeOffset now) => new([.. _waiting.TakeWhile(label => label.DueAt <= now).Select(JsonNode (label) => new JsonObject
    {
        ["predictionId"] = label.PredictionId,
        ["label"] = label.Value.DeepClone(),
        ["at"] = label.DueAt,
    })]);

    /// <summary>Forgets the first labels, which were told.</summary>
    public void Told(int count)
    {
        for (var i = 0; i < count; i++) _waiting.Dequeue();
    }

    private sealed record Label(string PredictionId, JsonNode Value, DateTimeOffset DueAt);
}
