using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Values;

namespace Platform.Monitor.Analyses;

/// <summary>Labels beside what a model made of them. A row in which any of them is null is left out.</summary>
internal sealed record PerformanceRequest
{
    private const string NestedScalars = """{"type":"array","items":{"type":["string","number","boolean","array","null"],"items":{}}}""";
    private const string NestedScalarsOrNull = """{"type":["array","null"],"items":{"type":["string","number","boolean","array","null"],"items":{}}}""";

    /// <summary>binary_classification, multiclass_classification, regression or ranking.</summary>
    [Required, OneOf(typeof(ModelTask))]
    public string? Task { get; init; }

    /// <summary>The truth: a class or a number per row; for ranking a relevance per row, or a list of them per query.</summary>
    [Required, JsonShape(NestedScalars)]
    public JsonElement Labels { get; init; }

    /// <summary>Predicted classes or numbers; for two classes made from the scores when absent, for several from the highest.</summary>
    [JsonShape(NestedScalarsOrNull)]
    public JsonElement Predictions { get; init; }

    /// <summary>Two classes: the positive class's score per row. Several: a list per row. Ranking: like the labels.</summary>
    [JsonShape(NestedScalarsOrNull)]
    public JsonElement Scores { get; init; }

    /// <summary>
    /// Scores from here on are decided positive, 0.5 when absent; for ranking the relevance that counts as relevant, 1 when absent.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>A group per row, each measured apart as well; for ranking without nested lists the query of each row.</summary>
    [JsonShape(JsonShapeAttribute.ScalarsOrNull)]
    public JsonElement Groups { get; init; }

    /// <summary>
    /// The positive one of two classes; when absent the last of <see cref="Classes"/>, without those 1 (beside 0 or −1) or true. Of other
    /// names it is needed.
    /// </summary>
    [JsonShape(JsonShapeAttribute.ScalarOrNull)]
    public JsonElement PositiveClass { get; init; }

    /// <summary>
    /// The classes in the order of a row's scores and of the confusion matrix; of two the positive one last. When absent those of the
    /// labels and predictions, in order.
    /// </summary>
    [JsonShape(JsonShapeAttribute.ScalarsOrNull)]
    public JsonElement Classes { get; init; }
}
