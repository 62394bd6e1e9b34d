using System.Text.Json.Nodes;

namespace Platform.Client.Models;

/// <summary>Several versions that answer as one; <c>docs/pipelines.md</c> says how.</summary>
public sealed class PipelineDefinition
{
    /// <summary>What a request holds.</summary>
    public required IReadOnlyList<PipelineInput> Inputs { get; init; }

    /// <summary>The versions that are asked, in any order.</summary>
    public required IReadOnlyList<PipelineStep> Steps { get; init; }

    /// <summary>Each output with the value that it is: <c>STEP.OUTPUT</c>, <c>a.y|b.y</c> or <c>combine.output</c>.</summary>
    public required IReadOnlyDictionary<string, string> Outputs { get; init; }

    /// <summary>Makes one value of several; null where none is made.</summary>
    public PipelineCombination? Combine { get; init; }

    /// <summary>What becomes of rows that a step fails on, by its name: fail, which is the default, skip or default.</summary>
    public IReadOnlyDictionary<string, string>? OnFailure { get; init; }

    /// <summary>What its author says of it, as of an upload; null without any.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>Reference rows; null without any.</summary>
    public IReadOnlyList<JsonObject>? Reference { get; init; }

    internal JsonObject Body() => GivenMembers.Of(
        ("inputs", new JsonArray([.. Inputs.Select(input => input.ToJson())])),
        ("steps", new JsonArray([.. Steps.Select(step => step.ToJson())])),
        ("outputs", Texts(Outputs)), ("combine", Combine?.ToJson()), ("onFailure", OnFailure is null ? null : Texts(OnFailure)), ("metadata", Metadata?.DeepClone()),
        ("reference", Reference is null ? null : new JsonArray([.. Reference.Select(row => row.DeepClone())])));

    internal static JsonObject Texts(IReadOnlyDictionary<string, string> texts) => new(texts.Select(text => new KeyValuePair<string, JsonNode?>(text.Key, text.Value)));
}

/// <summary>An input of a pipeline.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Datatype">For example FP32.</param>
/// <param name="Shape">Its dimensions; -1 where the size is free.</param>
public sealed record PipelineInput(string Name, string Datatype, params IReadOnlyList<long> Shape)
{
    internal JsonObject ToJson() => new()
    {
        ["name"] = Name, ["datatype"] = Datatype, ["shape"] = new JsonArray([.. Shape.Select(size => (JsonNode)size)]),
    };
}

/// <summary>A version as a part of a pipeline.</summary>
/// <param name="Name">What the pipeline calls it.</param>
/// <param name="Model">The model.</param>
/// <param name="Version">A number or an alias, which is what it names when the pipeline is made.</param>
/// <param name="Inputs">Each input of the version with the value that it takes: <c>input.NAME</c> or <c>STEP.OUTPUT</c>.</param>
public sealed record PipelineStep(string Name, string Model, string Version, IReadOnlyDictionary<string, string> Inputs)
{
    /// <summary>Which rows it answers, <c>router.class = 1</c> for example; all when absent.</summary>
    public string? When { get; init; }

    /// <summary>What each output is for a row that it fails on, where <c>OnFailure</c> says default: the values of one row.</summary>
    public JsonObject? Defaults { get; init; }

    internal JsonObject ToJson() => GivenMembers.Of(("name", Name), ("model", Model), ("version", Version),
        ("inputs", PipelineDefinition.Texts(Inputs)), ("when", When), ("defaults", Defaults?.DeepClone()));
}

/// <summary>How several values become one.</summary>
/// <param name="Kind">mean, weighted or vote.</param>
/// <param name="Of">The values, <c>STEP.OUTPUT</c>.</param>
/// <param name="Weights">A weight for each; null for the same.</param>
public sealed record PipelineCombination(string Kind, IReadOnlyList<string> Of, IReadOnlyList<double>? Weights = null)
{
    internal JsonObject ToJson() => GivenMembers.Of(("kind", Kind), ("of", new JsonArray([.. Of.Select(value => (JsonNode)value)])),
        ("weights", Weights is null ? null : new JsonArray([.. Weights.Select(weight => (JsonNode)weight)])));
}
