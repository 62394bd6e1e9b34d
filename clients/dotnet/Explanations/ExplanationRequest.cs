using System.Text.Json.Nodes;
using Platform.Client.Tensors;

namespace Platform.Client.Explanations;

/// <summary>What is explained, and how: a prediction's id, or inputs.</summary>
public sealed class ExplanationRequest
{
    /// <summary>A prediction; <c>id:row</c> for one row of its request.</summary>
    public string? PredictionId { get; init; }

    /// <summary>Rows to explain instead.</summary>
    public IReadOnlyList<Tensor>? Inputs { get; init; }

    /// <summary>A version's number or alias; absent, the one that made the prediction, or the champion.</summary>
    public string? Version { get; init; }

    /// <summary>auto when absent; the names stand in the API's description.</summary>
    public string? Method { get; init; }

    /// <summary>Decides every random choice; 1 when absent.</summary>
    public long? Seed { get; init; }

    /// <summary>The most evaluations of the model for one row.</summary>
    public long? Budget { get; init; }

    /// <summary>What a counterfactual is to reach and may change, as the API's description has it.</summary>
    public JsonObject? Counterfactual { get; init; }

    /// <summary>How sure a rule is to be, as the API's description has it.</summary>
    public JsonObject? Anchors { get; init; }

    internal JsonObject Body()
    {
        var body = new JsonObject();
        if (PredictionId is not null) body["predictionId"] = PredictionId;
        if (Inputs is not null) body["inputs"] = new JsonArray([.. Inputs.Select(TensorJson.Write)]);
        if (Version is not null) body["version"] = Version;
        if (Method is not null) body["method"] = Method;
        if (Seed is not null) body["seed"] = Seed;
        if (Budget is not null) body["budget"] = Budget;
        if (Counterfactual is not null) body["counterfactual"] = Counterfactual.DeepClone();
        if (Anchors is not null) body["anchors"] = Anchors.DeepClone();
        return body;
    }
}
