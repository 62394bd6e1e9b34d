namespace Platform.Contracts.Registry;

/// <summary>What a model takes and answers, read from its file.</summary>
public sealed record ModelSignature
{
    /// <summary>Inputs in graph order.</summary>
    public IReadOnlyList<TensorSignature> Inputs { get; init; } = [];

    /// <summary>Outputs in graph order.</summary>
    public IReadOnlyList<TensorSignature> Outputs { get; init; } = [];
}
