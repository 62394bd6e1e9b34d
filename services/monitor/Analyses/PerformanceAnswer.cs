using System.Text.Json.Serialization;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Values;

namespace Platform.Monitor.Analyses;

/// <summary>How good the predictions are.</summary>
internal sealed record PerformanceAnswer
{
    private const string GroupsShape = $$"""{"type":"object","additionalProperties":{{JsonShapeAttribute.Measures}}}""";

    [OneOf(typeof(ModelTask))]
    public required string Task { get; init; }

    /// <summary>Rows that were measured; queries for ranking.</summary>
    public int Rows { get; init; }

    /// <summary>Rows that were left out because a value is missing.</summary>
    public int Skipped { get; init; }

    /// <summary>
    /// Measures by name, null where the data leave one undefined; <c>confusion</c> is a matrix of true by predicted classes, and
    /// missing where there are more than 1,000 of them.
    /// </summary>
    [JsonShape(JsonShapeAttribute.Measures)]
    public required IReadOnlyDictionary<string, object?> Metrics { get; init; }

    /// <summary>The classes in the order of the confusion matrix; missing without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>The same measures of each group alone, the matrix of more than 100 classes apart; at most 1,000 groups.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonShape(GroupsShape)]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, object?>>? Groups { get; init; }
}
