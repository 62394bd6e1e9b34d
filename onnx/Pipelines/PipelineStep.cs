using System.Text.Json;

namespace Platform.Onnx.Pipelines;

/// <summary>A version as a part of a pipeline.</summary>
public sealed record PipelineStep
{
    /// <summary>What the pipeline calls it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The model.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version, by number or alias when the pipeline is made, by number ever after.</summary>
    public string Version { get; init; } = "";

    /// <summary>The alias that named the version when the pipeline was made; null where the version was given. Set by the registry.</summary>
    public string? Alias { get; init; }

    /// <summary>SHA-256 of the version's file, lower-case hex. Set by the registry.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Each input of the version with the value that it takes: <c>input.name</c> or <c>step.tensor</c>, or several, the first that has the row.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>Which rows it answers (<see cref="Condition"/>); all where it is null.</summary>
    public string? When { get; init; }

    /// <summary>What each output is for a row that the step fails on, where the policy is <c>default</c>: the values of one row.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Defaults { get; init; }

    /// <summary>For messages: <c>Step 'embed' (encoder version 3)</c>.</summary>
    internal string Label => $"Step '{Name}' ({Model} version {Version})";
}
