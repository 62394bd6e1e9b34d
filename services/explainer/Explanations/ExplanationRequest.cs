using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Platform.Explainer.Anchors;
using Platform.Explainer.Counterfactuals;
using Platform.Explainer.Rows;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Explanations;

/// <summary>The body of <c>POST /v1/models/{m}/explanations</c>.</summary>
internal sealed record ExplanationRequest
{
    /// <summary>
    /// auto (the default), exact, tree, linear, permutation, kernel, sampling, occlusion or lime; the last two divide nothing, so that their parts need not
    /// add up. Or what explains the decision: counterfactual (the nearest rows that are decided otherwise) or anchors (a rule under which it is nearly always
    /// decided so).
    /// </summary>
    [OneOf(typeof(ExplanationMethods), nameof(ExplanationMethods.Names))]
    public string? Method { get; init; }

    /// <summary>The rows to explain, as tensors of the Open Inference Protocol v2; or give <see cref="PredictionId"/>.</summary>
    public IReadOnlyList<InputTensor>? Inputs { get; init; }

    /// <summary>A logged prediction to explain; id:row for one row of its request, with the rows counted from 0.</summary>
    public string? PredictionId { get; init; }

    /// <summary>A version's number or alias. Absent: the version that made the prediction, or the champion.</summary>
    public string? Version { get; init; }

    /// <summary>The output tensor to explain. Absent: the one that the version's metadata names, or the first of floating point.</summary>
    public string? Output { get; init; }

    /// <summary>Positions in the output's last dimension to explain. Absent: all.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>
    /// Background rows, each the flattened cells of all inputs. Absent: reference rows of the version, at most 100, and for counterfactuals and anchors 1000.
    /// </summary>
    [JsonShape("""{"type":["array","null"],"items":{"type":"array","items":{"type":["string","number","boolean","null"]}}}""")]
    public IReadOnlyList<IReadOnlyList<JsonElement>>? Background { get; init; }

    /// <summary>Decides every random choice; 1 when absent.</summary>
    public long? Seed { get; init; }

    /// <summary>
    /// The most evaluations of the model that a sampling method, or a search for counterfactuals or a rule, may spend on one row, the background's included. It
    /// also decides for auto whether the exact method is within reach; asked for by name, exact is bounded by the service alone.
    /// </summary>
    public long? Budget { get; init; }

    /// <summary>What a counterfactual is to reach and may change; of method counterfactual alone.</summary>
    public CounterfactualOptions? Counterfactual { get; init; }

    /// <summary>How sure a rule is to be; of method anchors alone.</summary>
    public AnchorOptions? Anchors { get; init; }

    /// <summary>sync (the default) or async.</summary>
    [AllowedValues(ExplanationRules.Sync, ExplanationRules.Async)]
    public string? Mode { get; init; }
}
