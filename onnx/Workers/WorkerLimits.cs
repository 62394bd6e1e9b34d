namespace Platform.Onnx.Workers;

/// <summary>How far a worker may go, and what follows its death.</summary>
public sealed record WorkerLimits
{
    /// <summary>The most memory that it may have for itself; beyond it, it is ended.</summary>
    public long MemoryBytes { get; init; } = 4L << 30;

    /// <summary>How long it may take to stop a run that it has been told to stop; after that it is ended.</summary>
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long loading may take when it is started again.</summary>
    public TimeSpan LoadPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a run waits for a worker that is being started.</summary>
    public TimeSpan StartPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause before the second start in a row; the first comes at once, and each further pause is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause; a worker that lived for as long begins anew.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);
}
