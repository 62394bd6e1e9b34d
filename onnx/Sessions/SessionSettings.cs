namespace Platform.Onnx.Sessions;

/// <summary>How a model is loaded and run.</summary>
public sealed record SessionSettings
{
    /// <summary>
    /// Threads that one run may use. 1, the default, computes on the calling thread alone: throughput then comes from several
    /// runs side by side, and a loaded model costs no threads of its own. 0 leaves the choice to ONNX Runtime.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>Where to run, best first. One that the machine cannot offer is passed over; the CPU always comes last.</summary>
    public IReadOnlyList<ExecutionProvider> Providers { get; init; } = [];

    /// <summary>Most bytes that the outputs of one run may have together; a run with larger ones fails.</summary>
    public long MaxOutputBytes { get; init; } = Array.MaxLength;
}
