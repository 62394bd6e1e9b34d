using System.Text.Json.Nodes;

namespace Platform.Client.Explanations;

/// <summary>Why a model answers what it answers: of methods that divide the answer, for each row, base + the sum of the attributions + residual = prediction, for each output.</summary>
/// <param name="Id">Under which it can be read again.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Method">How it was computed.</param>
/// <param name="PredictionId">The prediction; null where inputs were given.</param>
/// <param name="Features">A name for each attribution of a row.</param>
/// <param name="OutputNames">A name for each number of an attribution.</param>
/// <param name="Rows">One for each row.</param>
/// <param name="Sentences">Each row in words.</param>
public sealed record Explanation(string Id, string Model, string Version, string Method, string? PredictionId, IReadOnlyList<string> Features,
    IReadOnlyList<string> OutputNames, IReadOnlyList<ExplainedRow> Rows, IReadOnlyList<string> Sentences);

/// <summary>One row.</summary>
/// <param name="Prediction">What the model answers, for each output.</param>
/// <param name="Base">What it answers on average over the background, for each output.</param>
/// <param name="Attributions">What each feature added, for each output.</param>
/// <param name="StandardErrors">How sure each is; null where they are exact.</param>
/// <param name="Counterfactuals">By method counterfactual, the nearest rows that are decided as wanted, as the API's description has them; else null.</param>
/// <param name="Anchor">By method anchors, the rule under which it is nearly always decided so; else null.</param>
public sealed record ExplainedRow(IReadOnlyList<double?> Prediction, IReadOnlyList<double?> Base, IReadOnlyList<IReadOnlyList<double?>> Attributions,
    IReadOnlyList<IReadOnlyList<double?>>? StandardErrors, JsonArray? Counterfactuals = null, JsonObject? Anchor = null);
