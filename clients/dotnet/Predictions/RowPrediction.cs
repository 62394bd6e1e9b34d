using System.Text.Json.Nodes;

namespace Platform.Client.Predictions;

/// <summary>The answer to one row.</summary>
/// <param name="PredictionId">For labels and explanations.</param>
/// <param name="Class">The class that was chosen; null where the version does not say what its output means.</param>
/// <param name="Score">The score of that class, or of the positive one where there is only that; null without one.</param>
/// <param name="Value">What was predicted by a regression; null for others.</param>
/// <param name="Outputs">Every output: the row's elements, flat.</param>
public sealed record RowPrediction(string PredictionId, string? Class, double? Score, double? Value, JsonObject Outputs);

/// <summary>The answers to the rows of one request, in their order.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version that answered.</param>
/// <param name="PredictionId">Names all rows.</param>
/// <param name="Rows">One for each row.</param>
public sealed record RowPredictions(string Model, string Version, string PredictionId, IReadOnlyList<RowPrediction> Rows);

internal sealed record RowAnswer(string Model, string Version, IReadOnlyList<RowPrediction> Rows);
