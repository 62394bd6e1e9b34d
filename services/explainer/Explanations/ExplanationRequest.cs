using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Platform.Explainer.Attribution;
using Platform.Explainer.Rows;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Explanations;

/// <summary>The body of <c>POST /v1/models/{m}/explanations</c>.</summary>
internal sealed record ExplanationRequest
{
    /// <summary>auto (the default), exact, tree, linear, permutation, kernel, sampling, occlusion or lime; the last two divide nothing, so that their parts need not add up.</summary>
    [OneOf(typeof(AttributionMethods), nameof(AttributionMethods.Names))]
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

    /// <summary>Background rows, each the flattened cells of all inputs. Absent: reference rows of the version, at most 100.</summary>
    [JsonShape("""{"type":["array","null"],"items":{"type":"array","items":{"type":["string","number","boolean","null"]}}}""")]
    public IReadOnlyList<IReadOnlyList<JsonElement>>? Background { get; init; }

    /// <summary>Decides every random choice; 1 when absent.</summary>
    public long? Seed { get; init; }

    /// <summary>
    /// The most evaluations of the model that a sampling method may spend on one row, the background's included. It also decides
    /// for auto whether the exact method is within reach; asked for by name, exact is bounded by the service alone.
    /// </summary>
    public long? Budget { get; init; }

    /// <summary>sync (the default) or async.</summary>
    [AllowedValues(ExplanationRules.Sync, ExplanationRules.Async)]
    public string? Mode { get; init; }
}
