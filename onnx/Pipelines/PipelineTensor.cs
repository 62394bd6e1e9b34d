namespace Platform.Onnx.Pipelines;

/// <summary>An input of a pipeline.</summary>
public sealed record PipelineTensor
{
    /// <summary>Its name in requests.</summary>
    public string Name { get; init; } = "";

    /// <summary>An Open Inference Protocol v2 datatype.</summary>
    public string Datatype { get; init; } = "";

    /// <summary>Dimensions; -1 where the size is free. Dimension 0 is the batch where it is -1.</summary>
    public IReadOnlyList<long> Shape { get; init; } = [];
}
