using System.Text.Json.Serialization;

namespace Platform.Contracts.Registry;

/// <summary>What a model takes and answers, read from its file.</summary>
public sealed record ModelSignature
{
    /// <summary>The inputs that every request needs, in graph order.</summary>
    public IReadOnlyList<TensorSignature> Inputs { get; init; } = [];

    /// <summary>Inputs that the file gives a default, so that a request may leave them out; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TensorSignature>? OptionalInputs { get; init; }

    /// <summary>Outputs in graph order.</summary>
    public IReadOnlyList<TensorSignature> Outputs { get; init; } = [];
}
