using System.Text.Json;
using Platform.Onnx.Pipelines;

namespace Platform.Registry.Pipelines;

/// <summary>The body with which a pipeline is registered: its document, what its author says of it, and reference rows.</summary>
internal sealed record PipelineRequest
{
    public required string Kind { get; init; }

    public IReadOnlyList<PipelineTensor> Inputs { get; init; } = [];

    public IReadOnlyList<PipelineStep> Steps { get; init; } = [];

    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    public PipelineCombination? Combine { get; init; }

    public IReadOnlyDictionary<string, string>? OnFailure { get; init; }

    /// <summary>What the author says of the version, as in an upload.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Reference rows, as in an upload: an array of rows.</summary>
    public JsonElement? Reference { get; init; }

    public PipelineDocument ToDocument() => new() { Inputs = Inputs, Steps = Steps, Outputs = Outputs, Combine = Combine, OnFailure = OnFailure };
}
