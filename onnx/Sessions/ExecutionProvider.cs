namespace Platform.Onnx.Sessions;

/// <summary>A place where a model can run, other than the CPU, which needs no mention.</summary>
/// <param name="Name"><c>cuda</c> or <c>tensorrt</c>.</param>
public sealed record ExecutionProvider(string Name)
{
    /// <summary>The CPU's name in <see cref="ModelSession.Provider"/>.</summary>
    public const string Cpu = "cpu";

    public const string Cuda = "cuda";

    public const string TensorRt = "tensorrt";

    /// <summary>Which of several devices, counted from 0.</summary>
    public int DeviceId { get; init; }

    /// <summary>The most device memory the model may take, in bytes; null for no bound.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Further options, by ONNX Runtime's own names for this provider.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}
