namespace Platform.Contracts.Inference;

/// <summary>Where a prediction's time went, in microseconds.</summary>
public sealed record PredictionTimings
{
    /// <summary>Waiting for a free runner.</summary>
    public long QueueMicros { get; init; }

    /// <summary>Putting the batch together and taking it apart.</summary>
    public long BatchMicros { get; init; }

    /// <summary>Inside the runtime.</summary>
    public long ComputeMicros { get; init; }

    /// <summary>From the request's first byte to the reply's last.</summary>
    public long TotalMicros { get; init; }
}
